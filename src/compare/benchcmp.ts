import { type Delta, likeness } from './delta.js';
import type { Measured, Run } from './parse-run.js';
import { type Verdict, verdictOf } from './verdict.js';

/** The metrics that are compared, in the order of their sections. */
export const cmpUnits = ['ns/op', 'MB/s', 'allocs/op', 'B/op'] as const;

/** A metric that is compared. */
export type CmpUnit = (typeof cmpUnits)[number];

/** A value of one metric. */
export interface Quantity {
  /** The nearest floating-point number; all arithmetic is done with it. */
  readonly value: number;
  /** A whole number exactly, where the metric is one. */
  readonly whole: bigint | undefined;
}

/** One benchmark of both runs. */
export interface CmpRow {
  readonly name: string;
  readonly before: Quantity;
  readonly after: Quantity;
  readonly verdict: Verdict;
}

/** The rows of one metric; at least one. */
export interface CmpSection {
  readonly unit: CmpUnit;
  readonly rows: readonly CmpRow[];
}

/** A benchmark that cannot be compared: the runs have it a different number of times. */
export interface IgnoredName {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Two runs side by side. */
export interface Comparison {
  /** How many results of the old run have one of the new run at their side. */
  readonly pairCount: number;
  /** Made anew each time they are gone through: of many benchmarks they would take much room. */
  readonly sections: Iterable<CmpSection>;
  /** In the order of the old run, then of the new one. */
  readonly ignored: readonly IgnoredName[];
}

/** What to compare, and in which order. */
export interface CmpOptions {
  /** Of several results of one name only the fastest counts. */
  readonly best: boolean;
  /** Rows with equal values are left out. */
  readonly changed: boolean;
  /** Rows are sorted by how much has changed, most first, instead of by the old run's order. */
  readonly mag: boolean;
}

interface Pair {
  readonly before: Measured;
  readonly after: Measured;
}

/** Compares two runs as benchcmp does: the i-th result of a name with the i-th of the same name. */
export function compareRuns(before: Run, after: Run, options: CmpOptions): Comparison {
  const [old, now] = options.best ? [bestOf(before), bestOf(after)] : [before, after];
  const pairs = pairsOf(old, now);
  return {
    pairCount: pairs.length,
    sections: { [Symbol.iterator]: () => sectionsOf(pairs, options) },
    ignored: ignoredNames(old, now),
  };
}

function* sectionsOf(pairs: readonly Pair[], options: CmpOptions): Generator<CmpSection> {
  for (const unit of cmpUnits) {
    const rows = sectionRows(pairs, unit, options);
    if (rows.length > 0) yield { unit, rows };
  }
}

/** The fastest result of each name at the place of its first; one without a time counts as 0 ns/op. */
function bestOf(run: Run): Run {
  const isFaster = (a: Measured, b: Measured): boolean => (a.nsPerOp ?? 0) < (b.nsPerOp ?? 0);
  const best = ([first, ...others]: readonly Measured[]): Measured[] => {
    if (first === undefined) return [];
    const fastest = others.reduce((fastest, each) => (isFaster(each, fastest) ? each : fastest), first);
    return [{ ...fastest, order: first.order }];
  };
  return new Map([...run].map(([name, results]) => [name, best(results)]));
}

function pairsOf(before: Run, after: Run): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, olds] of before) {
    const news = after.get(name) ?? [];
    if (olds.length !== news.length) continue;
    for (const [i, after] of news.entries()) {
      const before = olds[i];
      if (before !== undefined) pairs.push({ before, after });
    }
  }
  return pairs.sort((a, b) => a.before.order - b.before.order);
}

function ignoredNames(before: Run, after: Run): IgnoredName[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const counts = [...names].map((name) => ({
    name,
    before: before.get(name)?.length ?? 0,
    after: after.get(name)?.length ?? 0,
  }));
  return counts.filter((each) => each.before !== each.after);
}

function sectionRows(pairs: readonly Pair[], unit: CmpUnit, { changed, mag }: CmpOptions): CmpRow[] {
  const rows: CmpRow[] = [];
  for (const { before, after } of pairs) {
    const [old, now] = [quantityOf(before, unit), quantityOf(after, unit)];
    if (old === undefined || now === undefined) continue;
    if (changed && old.value === now.value) continue;
    const delta = { before: old.value, after: now.value };
    const verdict = verdictOf(delta, unit === 'MB/s' ? 'more' : 'less');
    rows.push({ name: before.name, before: old, after: now, verdict });
  }
  return mag ? rows.sort(compareByLikeness) : rows;
}

/** A metric of a result; undefined where it was not measured. */
export function quantityOf(measured: Measured, unit: CmpUnit): Quantity | undefined {
  switch (unit) {
    case 'ns/op':
      return numberQuantity(measured.nsPerOp);
    case 'MB/s':
      return numberQuantity(measured.mbPerS);
    case 'allocs/op':
      return wholeQuantity(measured.allocsPerOp);
    case 'B/op':
      return wholeQuantity(measured.bytesPerOp);
  }
}

function numberQuantity(value: number | undefined): Quantity | undefined {
  return value === undefined ? undefined : { value, whole: undefined };
}

function wholeQuantity(whole: bigint | undefined): Quantity | undefined {
  return whole === undefined ? undefined : { value: Number(whole), whole };
}

function compareByLikeness(a: CmpRow, b: CmpRow): number {
  const [left, right] = [likeness(deltaOf(a)), likeness(deltaOf(b))];
  if (left !== right) return left < right ? -1 : 1;
  return compareBytes(a.name, b.name);
}

/** The values of a row as numbers. */
export function deltaOf({ before, after }: CmpRow): Delta {
  return { before: before.value, after: after.value };
}

/** Go's order of strings: by the bytes of UTF-8, which is the order of code points. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

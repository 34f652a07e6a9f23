import { compareBytes } from '../text/order.js';
import { type CmpUnit, cmpUnits } from './cmp-unit.js';
import { type Delta, likeness } from './delta.js';
import { allResults, ByName, type Quantity, type Run } from './run.js';
import { type Verdict, verdictOf } from './verdict.js';

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
  /** Made anew each time they are gone through: of many benchmarks they would take much room. */
  readonly rows: Iterable<CmpRow>;
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
  /** Made anew each time they are gone through. */
  readonly sections: Iterable<CmpSection>;
  /** In the order of the old run, then of the new one; made anew each time. */
  readonly ignored: Iterable<IgnoredName>;
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

/** Results side by side. */
interface Pairs {
  readonly before: Run;
  readonly after: Run;
  /** Results of the old run, in its order. */
  readonly olds: Uint32Array;
  /** Those of the new run beside them. */
  readonly news: Uint32Array;
}

/**
 * Compares two runs as benchcmp does: the i-th result of a name with the i-th of the same name.
 *
 * @param after - has the same table of names as `before`
 */
export function compareRuns(before: Run, after: Run, options: CmpOptions): Comparison {
  const results = (run: Run): Uint32Array => (options.best ? bestResults(run) : allResults(run));
  const olds = results(before);
  const [was, is] = [new ByName(before, olds), new ByName(after, results(after))];
  const pairs: Pairs = { before, after, ...pairsOf(before, olds, [was, is]) };
  return {
    pairCount: pairs.olds.length,
    sections: { [Symbol.iterator]: () => sectionsOf(pairs, options) },
    ignored: { [Symbol.iterator]: () => ignoredNames(before, [was, is]) },
  };
}

function* sectionsOf(pairs: Pairs, options: CmpOptions): Generator<CmpSection> {
  for (const unit of cmpUnits) {
    const shown = shownPairs(pairs, unit, options);
    if (shown.length > 0) yield { unit, rows: { [Symbol.iterator]: () => rowsOf(pairs, unit, shown) } };
  }
}

/** The fastest result of each name, in the order of their first ones; one without a time counts as 0 ns/op. */
function bestResults(run: Run): Uint32Array {
  const best = new Uint32Array(run.names.size);
  const firsts = [...run.firsts()];
  for (const first of firsts) best[run.nameId(first)] = first;
  const time = (result: number): number => run.value(result, 'ns/op') ?? 0;
  for (let i = 0; i < run.size; i++) {
    const name = run.nameId(i);
    if (time(i) < time(best[name] ?? 0)) best[name] = i;
  }
  return Uint32Array.from(firsts, (first) => best[run.nameId(first)] ?? 0);
}

function pairsOf(
  before: Run,
  olds: Uint32Array,
  [was, is]: readonly [ByName, ByName],
): Pick<Pairs, 'olds' | 'news'> {
  const paired = olds.filter((result) => {
    const name = before.nameId(result);
    return was.count(name) === is.count(name);
  });
  const done = new Uint32Array(before.names.size);
  const news = paired.map((result) => {
    const name = before.nameId(result);
    const i = done[name] ?? 0;
    done[name] = i + 1;
    return is.at(name, i);
  });
  return { olds: paired, news };
}

/** Note: names are numbered as they appear, those of the old run first. */
function* ignoredNames({ names }: Run, [was, is]: readonly [ByName, ByName]): Generator<IgnoredName> {
  for (let id = 0; id < names.size; id++) {
    const [before, after] = [was.count(id), is.count(id)];
    if (before !== after) yield { name: names.text(id), before, after };
  }
}

/** The pairs that a section shows, in its order. */
function shownPairs(pairs: Pairs, unit: CmpUnit, { changed, mag }: CmpOptions): Uint32Array {
  const shown = new Uint32Array(pairs.olds.length);
  let count = 0;
  for (let i = 0; i < pairs.olds.length; i++) {
    const { before, after } = valuesOf(pairs, i, unit);
    if (before === undefined || after === undefined || (changed && before === after)) continue;
    shown[count++] = i;
  }
  return mag ? byLikeness(pairs, unit, shown.subarray(0, count)) : shown.slice(0, count);
}

function valuesOf({ before, after, olds, news }: Pairs, i: number, unit: CmpUnit): Partial<Delta> {
  const [old, now] = [before.value(olds[i] ?? 0, unit), after.value(news[i] ?? 0, unit)];
  return old === undefined || now === undefined ? {} : { before: old, after: now };
}

function byLikeness(pairs: Pairs, unit: CmpUnit, shown: Uint32Array): Uint32Array {
  const likenesses = new Float64Array(pairs.olds.length);
  for (const i of shown) {
    const { before = Number.NaN, after = Number.NaN } = valuesOf(pairs, i, unit);
    likenesses[i] = likeness({ before, after });
  }
  const name = (i: number): string => pairs.before.names.text(pairs.before.nameId(pairs.olds[i] ?? 0));
  return shown.sort((a, b) => {
    const [left, right] = [likenesses[a] ?? 0, likenesses[b] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
    return compareBytes(name(a), name(b));
  });
}

function* rowsOf({ before, after, olds, news }: Pairs, unit: CmpUnit, shown: Uint32Array): Generator<CmpRow> {
  for (const i of shown) {
    const [was, is] = [olds[i] ?? 0, news[i] ?? 0];
    const [old, now] = [before.quantity(was, unit), after.quantity(is, unit)];
    const verdict = verdictOf({ before: old.value, after: now.value }, unit === 'MB/s' ? 'more' : 'less');
    yield { name: before.names.text(before.nameId(was)), before: old, after: now, verdict };
  }
}

/** The values of a row as numbers. */
export function deltaOf({ before, after }: CmpRow): Delta {
  return { before: before.value, after: after.value };
}

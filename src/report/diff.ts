import { holm } from '../stats/holm.js';
import { median } from '../stats/quantile.js';
import { type Sample, sampleOf } from '../stats/sample.js';
import { type Shift, shiftInterval } from '../stats/shift-interval.js';
import { uTest } from '../stats/u-test.js';

/** What each function of a profile cost, in one unit. */
export type Costs = ReadonlyMap<string, number>;

/** A function on both sides. */
export interface DiffRow {
  readonly name: string;
  /** Medians of all profiles of a side; a profile without the function counts as 0. */
  readonly before: number;
  readonly after: number;
  /** How far the new profiles lie above the old. */
  readonly shift: Shift;
  /** Of the U test. */
  readonly p: number;
  /** Adjusted for the number of functions. */
  readonly adjusted: number;
  /** Whether the adjusted p-value is at most alpha. */
  readonly isSignificant: boolean;
}

/** What counts as a difference. */
export interface DiffOptions {
  readonly alpha: number;
  readonly confidence: number;
  /** Functions with less than this share of all costs on both sides are left out. */
  readonly nodeFraction: number;
}

/**
 * Compares functions of several profiles on each side: those that differ first, each by how much the cost has changed.
 *
 * Profiles have to be independent of each other: one for each repetition. P-values are adjusted by Holm's method, so
 * that with nothing changed the chance of any significant row is at most alpha.
 */
export function diffRows(before: readonly Costs[], after: readonly Costs[], options: DiffOptions): DiffRow[] {
  const names = new Set([...before, ...after].flatMap((costs) => [...costs.keys()]));
  const totals = [medianTotal(before), medianTotal(after)];
  const found = [...names].flatMap((name) => {
    const row = { name, before: sampleOfName(before, name), after: sampleOfName(after, name) };
    const shares = [median(row.before) / (totals[0] || 1), median(row.after) / (totals[1] || 1)];
    return Math.max(...shares.map(Math.abs)) < options.nodeFraction ? [] : [row];
  });
  const ps = found.map((row) => uTest(row.before, row.after) ?? 1);
  const adjusted = holm(ps);
  const rows = found.map((row, i): DiffRow => {
    const [p = 1, own = 1] = [ps[i], adjusted[i]];
    return {
      name: row.name,
      before: median(row.before),
      after: median(row.after),
      shift: shiftInterval(row.before, row.after, options.confidence),
      ...{ p, adjusted: own, isSignificant: own <= options.alpha },
    };
  });
  return rows.sort(compareRows);
}

function sampleOfName(side: readonly Costs[], name: string): Sample {
  return sampleOf(side.map((costs) => costs.get(name) ?? 0));
}

function medianTotal(side: readonly Costs[]): number {
  return median(
    sampleOf(side.map((costs) => [...costs.values()].reduce((sum, cost) => sum + Math.abs(cost), 0))),
  );
}

function compareRows(a: DiffRow, b: DiffRow): number {
  if (a.isSignificant !== b.isSignificant) return a.isSignificant ? -1 : 1;
  const [one, other] = [Math.abs(a.shift.center), Math.abs(b.shift.center)];
  if (one !== other) return other - one;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

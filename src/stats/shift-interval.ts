import { normalQuantile } from './normal.js';
import type { Sample } from './sample.js';
import { untiedTail } from './u-distribution.js';

/** How far apart two samples are. */
export interface Shift {
  /** The median of all differences between a value of the second and one of the first (Hodges and Lehmann). */
  readonly center: number;
  /** Bounds of its confidence interval; infinite where the samples are too small for one. */
  readonly low: number;
  readonly high: number;
}

/** Up to this many values in each sample the interval is exact. */
const exactLimit = 50;

/**
 * How far the values of `after` lie above those of `before`, if one distribution is the other moved.
 *
 * The interval is that of the U test: it holds every shift that the test, at 1 - confidence, would not reject.
 * With ties it is a little wider than it has to be.
 *
 * @see Hodges, Lehmann: Estimates of Location Based on Rank Tests. Annals of Mathematical Statistics 34 (1963) 598-611
 */
export function shiftInterval(before: Sample, after: Sample, confidence: number): Shift {
  const differences = differencesOf(before, after);
  const count = differences.length;
  const left = leftOut(before.length, after.length, (1 - confidence) / 2);
  const [middle, other] = [(count - 1) >> 1, count >> 1];
  return {
    center: ((differences[middle] ?? 0) + (differences[other] ?? 0)) / 2,
    low: left < 0 ? Number.NEGATIVE_INFINITY : (differences[left] ?? 0),
    high: left < 0 ? Number.POSITIVE_INFINITY : (differences[count - 1 - left] ?? 0),
  };
}

function differencesOf(before: Sample, after: Sample): Float64Array {
  const differences = new Float64Array(before.length * after.length);
  for (const [i, x] of before.entries()) {
    for (const [j, y] of after.entries()) differences[i * after.length + j] = y - x;
  }
  return differences.sort();
}

/** How many differences lie outside of the interval at each end; -1 where not one may. */
function leftOut(n1: number, n2: number, tail: number): number {
  if (Math.max(n1, n2) <= exactLimit) {
    const chances = untiedTail(n1, n2);
    const first = chances.findIndex((chance) => chance > tail);
    return (first < 0 ? chances.length : first) - 1;
  }
  const deviation = Math.sqrt((n1 * n2 * (n1 + n2 + 1)) / 12);
  return Math.max(-1, Math.floor((n1 * n2) / 2 + normalQuantile(tail) * deviation - 0.5));
}

import { normalCdf } from './normal.js';
import { type Ranks, rank } from './ranks.js';
import type { Sample } from './sample.js';
import { countRankSums, untiedTail } from './u-distribution.js';

/** Up to this many values in each sample the test without ties is exact. */
const untiedLimit = 50;
/** Up to this many values in each sample the test with ties is exact; beyond it counts would not fit a float. */
const tiedLimit = 25;

/**
 * The two-sided Mann-Whitney U test: the chance of samples that differ at least as much as these where both are
 * drawn from one distribution, whatever it is. Values have to be independent of each other.
 *
 * Exact up to 50 values in each sample, or 25 where some are equal; beyond that by the normal distribution, with
 * corrections for ties and continuity. Two-sided means twice the smaller of the two tails, at most 1: with ties
 * and samples of unequal size the distribution is not symmetric, and the tails differ.
 *
 * @returns the p-value, or undefined where all values are equal and there is nothing to test
 * @see Mann, Whitney: On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other.
 *   Annals of Mathematical Statistics 18 (1947) 50-60
 */
export function uTest(a: Sample, b: Sample): number | undefined {
  if (a.length === 1 && b.length === 1) return a[0] === b[0] ? undefined : 1;
  const ranks = rank(a, b);
  const { groups, twiceSum } = ranks;
  if (groups.length === 1) return undefined;
  const larger = Math.max(a.length, b.length);
  const isTied = groups.length < a.length + b.length;
  if (!isTied && larger <= untiedLimit) return untiedP(a.length, b.length, ranks);
  if (isTied && larger <= tiedLimit) return tiedP(groups, a.length, twiceSum);
  return approximateP(a.length, b.length, ranks);
}

/** The least p-value that two samples of `n` values can give: they do not overlap. */
export function leastP(n: number): number {
  let samples = 1;
  for (let k = 1; k <= n; k++) samples = (samples * (n + k)) / k;
  return Math.min(1, 2 / samples);
}

const tails = new Map<number, Float64Array>();

function untiedP(n1: number, n2: number, { twiceSum }: Ranks): number {
  const key = Math.min(n1, n2) * (untiedLimit + 1) + Math.max(n1, n2);
  let tail = tails.get(key);
  if (tail === undefined) tails.set(key, (tail = untiedTail(n1, n2)));
  const u = twiceU(n1, twiceSum) / 2;
  return Math.min(1, 2 * (tail[Math.min(u, n1 * n2 - u)] ?? 1));
}

function tiedP(groups: readonly number[], n: number, twiceSum: number): number {
  const { below, equal, above } = countRankSums(groups, n, twiceSum);
  return Math.min(1, 2 * ((Math.min(below, above) + equal) / (below + equal + above)));
}

/** Twice the statistic of the first sample: pairs in which its value is the larger one count 2, equal ones 1. */
function twiceU(n: number, twiceSum: number): number {
  return twiceSum - n * (n + 1);
}

function approximateP(n1: number, n2: number, { twiceSum, groups }: Ranks): number {
  const n = n1 + n2;
  const ties = groups.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const deviation = Math.sqrt((n1 * n2 * (n + 1 - ties / (n * (n - 1)))) / 12);
  const distance = Math.abs(twiceU(n1, twiceSum) / 2 - (n1 * n2) / 2);
  return 2 * normalCdf(-Math.max(0, distance - 0.5) / deviation);
}

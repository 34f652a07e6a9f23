import { randomNumbers, shuffle } from './random.js';

/** A place in a series where its level changes. */
export interface ChangePoint {
  /** Index of the first value of the new level. */
  readonly at: number;
  /** The chance of a change as clear as this in a series without one; undefined where there is no noise to judge by. */
  readonly p: number | undefined;
}

/**
 * The places where the level of a series changes for good, in order of place.
 *
 * The clearest one is found by Pettitt's test, a Mann-Whitney test at every place at once, its p-value by
 * random permutations of the series (always the same ones: the result depends on the values alone); then the parts
 * before and behind it are searched in the same way. It takes eight values to find one at a level of 0.05.
 * A series without noise, which keeps each value for a while and never comes back to it, changes where its value does.
 *
 * @param values - in order of time, none of them NaN
 * @param alpha - a change is one where its p-value is at most this
 * @see Pettitt: A non-parametric approach to the change-point problem. Applied Statistics 28 (1979) 126-135
 */
export function changePoints(values: readonly number[], alpha: number): ChangePoint[] {
  return stepsOf(values)?.map((at) => ({ at, p: undefined })) ?? split(values, 0, alpha);
}

/** Where a series without noise takes its next value; undefined for one that has noise. */
function stepsOf(values: readonly number[]): number[] | undefined {
  const steps = values.flatMap((value, i) => (i > 0 && value !== values[i - 1] ? [i] : []));
  const comesBack = new Set(values).size < steps.length + 1;
  const lengths = [...steps, values.length].map((end, i) => end - (steps[i - 1] ?? 0));
  // The newest level may have been seen once so far, and the oldest by its last value.
  const isBrief = lengths.slice(1, -1).some((length) => length < 2) || !lengths.some((length) => length > 1);
  return comesBack || (isBrief && steps.length > 0) ? undefined : steps;
}

function split(values: readonly number[], offset: number, alpha: number): ChangePoint[] {
  if (values.length < 2) return [];
  const ranks = doubleRanks(values);
  const { at, height } = clearestChange(ranks);
  const p = chanceOf(ranks, height);
  if (p > alpha) return [];
  const change = { at: offset + at, p };
  return [
    ...split(values.slice(0, at), offset, alpha),
    change,
    ...split(values.slice(at), offset + at, alpha),
  ];
}

/** Twice the rank of each value, so that the mean ranks of equal values are whole numbers. */
function doubleRanks(values: readonly number[]): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0) || i - j);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (const i of order.subarray(start, end)) ranks[i] = start + 1 + end;
    start = end;
  }
  return ranks;
}

/** Pettitt's statistic: how far the sum of the first ranks ever is from what it would be without a change. */
function clearestChange(ranks: Float64Array): { readonly at: number; readonly height: number } {
  const mean = ranks.length + 1;
  let [sum, at, height] = [0, 1, -1];
  for (let i = 0; i + 1 < ranks.length; i++) {
    sum += (ranks[i] ?? 0) - mean;
    if (Math.abs(sum) > height) [at, height] = [i + 1, Math.abs(sum)];
  }
  return { at, height };
}

const permutations = 9999;

function chanceOf(ranks: Float64Array, height: number): number {
  const shuffled = ranks.slice();
  const random = randomNumbers();
  let asClear = 1;
  for (let n = 0; n < permutations; n++) {
    shuffle(shuffled, random);
    if (clearestChange(shuffled).height >= height) asClear++;
  }
  return asClear / (permutations + 1);
}

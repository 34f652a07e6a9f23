import type { Sample } from './sample.js';

/** Where the values of two samples stand in the order of all of them. */
export interface Ranks {
  /**
   * Twice the sum of the first sample's ranks, counted from 1. Equal values share the mean of their ranks, which may
   * end in a half.
   */
  readonly twiceSum: number;
  /** How many values are equal, for each distinct value, ascending. */
  readonly groups: readonly number[];
}

/** Ranks the values of two samples together. */
export function rank(a: Sample, b: Sample): Ranks {
  const groups: number[] = [];
  let twiceSum = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    const [fromA, before] = [i, i + j];
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    groups.push(i + j - before);
    twiceSum += (i - fromA) * (before + 1 + i + j);
  }
  return { twiceSum, groups };
}

import type { Sample } from './sample.js';

/** The most frequent value of a sample. */
export interface Mode {
  /** The least of several that are as frequent. */
  readonly value: number;
  readonly count: number;
}

/** The most frequent value, and how often it occurs. */
export function mode(sample: Sample): Mode {
  let best = { value: Number.NaN, count: 0 };
  let count = 0;
  for (const [i, value] of sample.entries()) {
    count = i > 0 && value === sample[i - 1] ? count + 1 : 1;
    if (count > best.count) best = { value, count };
  }
  return best;
}

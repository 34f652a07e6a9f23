import type { Sample } from './sample.js';

/**
 * A quantile by linear interpolation between order statistics, definition 8 of Hyndman and Fan, which is
 * unbiased for the median whatever the distribution. Definition 7, the usual one, agrees with it at the median.
 *
 * @param q - share of the values that lie below, 0 to 1
 * @returns the least or the greatest value where `q` lies beyond the first or last order statistic
 * @see Hyndman, Fan: Sample Quantiles in Statistical Packages. The American Statistician 50 (1996) 361-365
 */
export function quantile(sample: Sample, q: number): number {
  const position = 1 / 3 + q * (sample.length + 1 / 3);
  const order = Math.trunc(position);
  if (order < 1) return at(sample, 0);
  if (order >= sample.length) return at(sample, sample.length - 1);
  const below = at(sample, order - 1);
  return below + (position - order) * (at(sample, order) - below);
}

/** The median; of an even number of values the mean of the two in the middle, up to rounding. */
export function median(sample: Sample): number {
  return quantile(sample, 0.5);
}

function at(sample: Sample, i: number): number {
  return sample[i] ?? Number.NaN;
}

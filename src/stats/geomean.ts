import { exp, log } from './exp-log.js';

/**
 * The geometric mean: of ratios the one that multiplies out to the same product.
 *
 * @param values - any order, all in one unit (or all ratios)
 * @returns undefined where there is no value, or one that is not above 0 and so has no logarithm; or infinite ones
 */
export function geomean(values: Iterable<number>): number | undefined {
  let mean = 0;
  let count = 0;
  for (const value of values) {
    if (!(value > 0)) return undefined;
    // A running mean: the product itself would overflow or vanish, as would the sum lose digits.
    mean += (log(value) - mean) / ++count;
  }
  return count === 0 || Number.isNaN(mean) ? undefined : exp(mean);
}

import { exp, log } from './exp-log.js';

/**
 * The geometric mean: of ratios the one that multiplies out to the same product.
 *
 * @param values - any order, all in one unit (or all ratios)
 * @returns undefined where there is no value, or one that is not above 0 and so has no logarithm; or infinite ones
 */
export function geomean(values: Iterable<number>): number | undefined {
  const mean = new GeometricMean();
  for (const value of values) mean.add(value);
  return mean.value;
}

/** A geometric mean of values that come one by one; see `geomean`. */
export class GeometricMean {
  #mean = 0;
  #count = 0;

  /** How many values there were so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next value. */
  add(value: number): void {
    // A running mean: the product itself would overflow or vanish, as would the sum lose digits.
    this.#mean += ((value > 0 ? log(value) : Number.NaN) - this.#mean) / ++this.#count;
  }

  /** The mean; undefined where there is none. */
  get value(): number | undefined {
    return this.#count === 0 || Number.isNaN(this.#mean) ? undefined : exp(this.#mean);
  }
}

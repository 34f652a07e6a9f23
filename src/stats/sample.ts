declare const ascending: unique symbol;

/** Measurements in one unit, at least one, ascending, none of them NaN. Made only here. */
export type Sample = readonly number[] & { readonly [ascending]: true };

/** The values as a sample; the argument stays as it is. */
export function sampleOf(values: Iterable<number>): Sample {
  return ascendingSample(Array.from(Float64Array.from(values).sort()));
}

/**
 * Values that are in order already as a sample.
 *
 * Note: a list, since views of a long column are slow to make, and there may be millions of samples.
 *
 * @param values - n >= 1, ascending, no NaN
 */
export function ascendingSample(values: readonly number[]): Sample {
  return values as Sample; // the caller's word; nothing but this file makes one
}

declare const ascending: unique symbol;

/** Measurements in one unit, at least one, ascending, none of them NaN. Made only here. */
export type Sample = Float64Array & { readonly [ascending]: true };

/** The values as a sample; the argument stays as it is. */
export function sampleOf(values: Iterable<number>): Sample {
  return sortSample(Float64Array.from(values));
}

/**
 * Sorts the values where they are and gives them back as a sample.
 *
 * @param values - n >= 1, no NaN
 */
export function sortSample(values: Float64Array): Sample {
  values.sort();
  return ascendingSample(values);
}

/**
 * Values that are in order already as a sample.
 *
 * @param values - n >= 1, ascending, no NaN
 */
export function ascendingSample(values: Float64Array): Sample {
  return values as Sample; // the caller's word; nothing but this file makes one
}

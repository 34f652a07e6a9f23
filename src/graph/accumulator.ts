import type { ValueColumn } from '../profile/profile.js';

/**
 * Zeros to add the values of a column up in. The type is a little lie: for an int64 column it is a
 * BigInt64Array, whose elements are bigints. `a[i] += column[j]`, comparisons and truth values mean
 * the same for both, so that one loop serves both and int64 sums wrap as Go's do.
 */
export type Accumulator = Float64Array;

/** The values of a column as what can be added to an accumulator made for it. */
export function addends(column: ValueColumn): Accumulator {
  // Cast: see Accumulator.
  return column as Float64Array;
}

/** `count` zeros to add the values of the column up in. */
export function accumulatorFor(column: ValueColumn, count: number): Accumulator {
  // Cast: see Accumulator.
  return column instanceof Float64Array
    ? new Float64Array(count)
    : (new BigInt64Array(count) as unknown as Float64Array);
}

/** The accumulator with room for more sums. */
export function growAccumulator(sums: Accumulator, count: number): Accumulator {
  const grown = accumulatorFor(sums, count);
  // Cast: both have elements of one type.
  (grown as Float64Array).set(sums);
  return grown;
}

/** A sum as int64. */
export function sumAt(sums: Accumulator, i: number): bigint {
  return BigInt(sums[i]!);
}

/** The magnitude of an int64; that of the least one is the least one itself, as in Go. */
export function abs64(value: bigint): bigint {
  return value < 0n ? BigInt.asIntN(64, -value) : value;
}

/** A number without its fraction as int64; the least int64 where there is none, as Go on x86-64. */
export function toInt64(value: number): bigint {
  if (!(Math.abs(value) < 2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

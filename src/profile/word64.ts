/** Where the low word of a 64-bit element stands in a pair of 32-bit words on this machine. */
export const lowWord: number = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

/** The 32-bit words of a column of 64-bit values; writing them makes no bigint. */
export function wordsOf(column: BigUint64Array | BigInt64Array): Uint32Array {
  return new Uint32Array(column.buffer, column.byteOffset, column.length * 2);
}

/** The number that two unsigned 32-bit words make, read as int64; exact only where it is safe. */
export function signedNumber(low: number, high: number): number {
  return (high | 0) * 0x1_0000_0000 + low;
}

/** The value that two unsigned 32-bit words make, read as int64. */
export function signedBigInt(low: number, high: number): bigint {
  return (BigInt(high | 0) << 32n) | BigInt(low);
}

/** The value that two unsigned 32-bit words make. */
export function unsignedBigInt(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

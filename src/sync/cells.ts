import { misuse } from './lock-error.js';

/**
 * The memory of a primitive as cells of 32 bits.
 *
 * @param memory - zero where nobody has used it before
 * @throws ProfError `usage` where it is not shared, too small, or not aligned to 8 bytes
 */
export function cellsOf(memory: SharedArrayBuffer, byteOffset: number, byteLength: number): Int32Array {
  if (!(memory instanceof SharedArrayBuffer))
    throw misuse('the memory of a lock is no SharedArrayBuffer', "Make it by shared('name', bytes).");
  if (byteOffset % 8 !== 0 || byteOffset < 0 || byteOffset + byteLength > memory.byteLength) {
    throw misuse(
      `a lock of ${byteLength} bytes at ${byteOffset} is not in memory of ${memory.byteLength} bytes`,
      'Give it enough memory, at an offset that is a multiple of 8.',
    );
  }
  return new Int32Array(memory, byteOffset, byteLength / 4);
}

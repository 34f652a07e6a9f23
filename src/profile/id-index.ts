import { unsignedBigInt } from './word64.js';

/** Finds the index that belongs to a 64-bit id, given as two unsigned words; ids are mostly 1 to n. */
export class IdIndex {
  readonly #dense: Int32Array;
  readonly #sparse = new Map<number | bigint, number>();

  /** @param count - how many ids there will be */
  constructor(count: number) {
    this.#dense = new Int32Array(count + 1).fill(-1);
  }

  /** Ids below its length stand here, -1 where there is none; for loops that cannot afford a call. */
  get dense(): Int32Array {
    return this.#dense;
  }

  /** The index of an id, or -1. */
  get(low: number, high: number): number {
    if (high === 0 && low < this.#dense.length) return this.#dense[low]!;
    return this.#sparse.get(sparseKey(low, high)) ?? -1;
  }

  /** Keeps the index of an id; false where the id has one already. */
  add(low: number, high: number, index: number): boolean {
    if (this.get(low, high) !== -1) return false;
    if (high === 0 && low < this.#dense.length) this.#dense[low] = index;
    else this.#sparse.set(sparseKey(low, high), index);
    return true;
  }
}

function sparseKey(low: number, high: number): number | bigint {
  return high < 0x20_0000 ? high * 0x1_0000_0000 + low : unsignedBigInt(low, high);
}

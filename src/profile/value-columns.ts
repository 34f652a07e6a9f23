import type { ValueColumn } from './profile.js';
import { lowWord, signedBigInt, signedNumber, wordsOf } from './word64.js';

/**
 * One column of sample values while it is filled: numbers as long as they and their sum are safe
 * integers, int64 from the first that is not.
 */
export class ValueColumnBuilder {
  #numbers: Float64Array;
  #bigints: BigInt64Array | undefined;
  /** Sum of the magnitudes; past 2^53 the column must become int64, since sums of it could round. */
  #magnitude = 0;

  /** @param capacity - values to come; the column grows where there are more */
  constructor(capacity: number) {
    this.#numbers = new Float64Array(capacity);
  }

  /** Sets value i to a number, or to an int64 where it is not safe. */
  set(i: number, value: number): void {
    if (this.#bigints !== undefined) this.setBigInt(i, BigInt(value));
    else {
      this.#magnitude += Math.abs(value);
      if (this.#magnitude > Number.MAX_SAFE_INTEGER) this.setBigInt(i, BigInt(value));
      else {
        if (i >= this.#numbers.length) this.#numbers = grown(this.#numbers, i);
        this.#numbers[i] = value;
      }
    }
  }

  /** Sets value i to a whole number, which becomes an int64 where it is not safe; one past that becomes the least. */
  setInt64(i: number, value: number): void {
    if (Number.isSafeInteger(value)) this.set(i, value);
    else this.setBigInt(i, Math.abs(value) < 2 ** 63 ? BigInt(value) : -(2n ** 63n));
  }

  /** Sets value i to an element of a column. */
  copy(i: number, column: ValueColumn, from: number): void {
    const value = column[from]!;
    if (typeof value === 'number') this.set(i, value);
    else if (BigInt.asIntN(54, value) === value) this.set(i, Number(value));
    else this.setBigInt(i, value);
  }

  /** Sets value i to the int64 made of two words. */
  setWords(i: number, low: number, high: number): void {
    const value = signedNumber(low, high);
    if (Number.isSafeInteger(value)) this.set(i, value);
    else this.setBigInt(i, signedBigInt(low, high));
  }

  /** Sets value i to an int64; larger values wrap, as int64 does. */
  setBigInt(i: number, value: bigint): void {
    this.#bigints ??= this.#toBigInts(i);
    if (i >= this.#bigints.length) this.#bigints = grownBigInts(this.#bigints, i);
    this.#bigints[i] = value;
  }

  /** Adds to value i, which has been set. */
  add(i: number, value: bigint): void {
    const sum = this.get(i) + value;
    if (this.#bigints === undefined) this.#magnitude -= Math.abs(this.#numbers[i]!);
    if (BigInt.asIntN(54, sum) === sum) this.set(i, Number(sum));
    else this.setBigInt(i, sum);
  }

  /** Value i. */
  get(i: number): bigint {
    return this.#bigints === undefined ? BigInt(this.#numbers[i]!) : this.#bigints[i]!;
  }

  /** The first `count` values; shares memory with the builder. */
  build(count: number): ValueColumn {
    return this.#bigints?.subarray(0, count) ?? this.#numbers.subarray(0, count);
  }

  /**
   * All numbers as int64, with room for value i. Values behind i count as well: i may be an early one
   * that something was added to.
   */
  #toBigInts(i: number): BigInt64Array {
    const column = new BigInt64Array(Math.max(this.#numbers.length, i + 1));
    const words = wordsOf(column);
    for (const [at, value] of this.#numbers.entries()) {
      words[2 * at + lowWord] = value;
      words[2 * at + 1 - lowWord] = Math.floor(value / 0x1_0000_0000);
    }
    return column;
  }
}

function grown(column: Float64Array, index: number): Float64Array {
  const larger = new Float64Array(Math.max(16, index + 1, Math.ceil(column.length * 1.5)));
  larger.set(column);
  return larger;
}

function grownBigInts(column: BigInt64Array, index: number): BigInt64Array {
  const larger = new BigInt64Array(Math.max(16, index + 1, Math.ceil(column.length * 1.5)));
  larger.set(column);
  return larger;
}

import { grown } from '../benchfmt/growable.js';

/** Numbers pairs or triples of numbers in the order in which they are first seen. */
export class IdTable {
  readonly #columns: [Int32Array, Int32Array, Int32Array];
  #size = 0;
  /** Ids plus 1 by hash, open addressing; 0 is free. */
  #slots = new Int32Array(1 << 8);

  /** @param width - 2 or 3 */
  constructor(width: 2 | 3) {
    const third = new Int32Array(width === 3 ? 64 : 0);
    this.#columns = [new Int32Array(64), new Int32Array(64), third];
  }

  /** How many there are; ids are 0 to one less. */
  get size(): number {
    return this.#size;
  }

  /** The numbers of a pair or a triple. */
  get(id: number): [number, number, number] {
    const [as, bs, cs] = this.#columns;
    return [as[id] ?? 0, bs[id] ?? 0, cs[id] ?? 0];
  }

  /** The first, second or third number of a pair or a triple. */
  part(id: number, i: 0 | 1 | 2): number {
    return this.#columns[i][id] ?? 0;
  }

  /** The first, second or third numbers, by id. */
  column(i: 0 | 1 | 2): Int32Array {
    return this.#columns[i].subarray(0, this.#size);
  }

  /** The id of a pair or a triple. */
  intern(a: number, b: number, c = 0): number {
    const [as, bs, cs] = this.#columns;
    const mask = this.#slots.length - 1;
    for (let slot = this.#hash(a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0) return this.#add([a, b, c], slot);
      if (as[id] === a && bs[id] === b && (cs[id] ?? 0) === c) return id;
    }
  }

  /** What agrees in all but the last number stands side by side, since it is mostly asked for together. */
  #hash(a: number, b: number, c: number): number {
    return this.#columns[2].length === 0 ? mix(a) + b : mix(mix(a) ^ b) + c;
  }

  #add(numbers: readonly [number, number, number], slot: number): number {
    const id = this.#size++;
    for (const i of [0, 1, 2] as const) {
      const column = this.#columns[i];
      if (column.length > 0) (this.#columns[i] = grown(column, id + 1))[id] = numbers[i];
    }
    this.#slots[slot] = id + 1;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const [as, bs, cs] = this.#columns;
    const slots = new Int32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = this.#hash(as[id] ?? 0, bs[id] ?? 0, cs[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

/** Neighbouring numbers are the rule, so every bit of them has to reach the low bits. */
function mix(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 16), 0x7feb352d);
  return mixed ^ (mixed >>> 15);
}

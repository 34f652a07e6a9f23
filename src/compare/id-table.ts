import { grown } from '../benchfmt/growable.js';

/** Numbers pairs of numbers in the order in which they are first seen. */
export class IdTable {
  readonly #columns: [Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(64)];
  #size = 0;
  /** Ids plus 1 by hash, open addressing; 0 is free. */
  #slots = new Int32Array(1 << 8);

  /** How many there are; ids are 0 to one less. */
  get size(): number {
    return this.#size;
  }

  /** The numbers of a pair. */
  get(id: number): [number, number] {
    return [this.part(id, 0), this.part(id, 1)];
  }

  /** The first or second number of a pair. */
  part(id: number, i: 0 | 1): number {
    return this.#columns[i][id] ?? 0;
  }

  /** The id of a pair; -1 where there is none. */
  find(a: number, b: number): number {
    return (this.#slots[this.#slotOf(a, b)] ?? 0) - 1;
  }

  /** The id of a pair, a new one where there is none. */
  intern(a: number, b: number): number {
    const slot = this.#slotOf(a, b);
    const id = (this.#slots[slot] ?? 0) - 1;
    return id >= 0 ? id : this.#add([a, b], slot);
  }

  /** Where a pair's id stands, or is to stand. */
  #slotOf(a: number, b: number): number {
    const [as, bs] = this.#columns;
    const mask = this.#slots.length - 1;
    for (let slot = hash(a, b) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0 || (as[id] === a && bs[id] === b)) return slot;
    }
  }

  #add(pair: readonly [number, number], slot: number): number {
    const id = this.#size++;
    for (const i of [0, 1] as const) (this.#columns[i] = grown(this.#columns[i], id + 1))[id] = pair[i];
    this.#slots[slot] = id + 1;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = hash(this.part(id, 0), this.part(id, 1)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

/** Pairs that agree in the first number stand side by side, since they are mostly asked for together. */
function hash(a: number, b: number): number {
  // Neighbouring numbers are the rule, so every bit of them has to reach the low bits.
  const mixed = Math.imul(a ^ (a >>> 16), 0x7feb352d);
  return (mixed ^ (mixed >>> 15)) + b;
}

import { type Accumulator, accumulatorFor, growAccumulator } from './accumulator.js';
import type { SampleValues } from './sums.js';

/** Edges while samples are added up: a hash table of typed arrays from (caller, callee) to an edge's number. */
export class EdgeTable {
  count = 0;
  src: Int32Array = new Int32Array(1024);
  dest: Int32Array = new Int32Array(1024);
  weight: Accumulator;
  weightDivisor: Accumulator;
  residual: Uint8Array = new Uint8Array(1024);
  /** 1 as long as every use was an inlined call. */
  inline: Uint8Array = new Uint8Array(1024).fill(1);
  /** The sample, counted from 1, that used the edge last. */
  lastSeen: Uint32Array = new Uint32Array(1024);
  /** Edge numbers + 1; 0 for a free slot. At most half full. */
  #slots = new Int32Array(4096);

  constructor({ values, divisors }: SampleValues) {
    this.weight = accumulatorFor(values, 1024);
    this.weightDivisor = accumulatorFor(divisors ?? new Float64Array(), 1024);
  }

  /** The number of the edge from `src` to `dest`, which is added where it is new. */
  getOrInsert(src: number, dest: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(src, dest) & mask;
    for (let edge = this.#slots[slot]!; edge !== 0; edge = this.#slots[slot]!) {
      if (this.src[edge - 1] === src && this.dest[edge - 1] === dest) return edge - 1;
      slot = (slot + 1) & mask;
    }
    if (this.count === this.src.length) this.#growEdges();
    const edge = this.count++;
    this.src[edge] = src;
    this.dest[edge] = dest;
    this.#slots[slot] = edge + 1;
    if (this.count * 2 > this.#slots.length) this.#growSlots();
    return edge;
  }

  #growEdges(): void {
    const capacity = this.src.length * 2;
    this.src = growInts(this.src, capacity);
    this.dest = growInts(this.dest, capacity);
    this.weight = growAccumulator(this.weight, capacity);
    this.weightDivisor = growAccumulator(this.weightDivisor, capacity);
    const residual = new Uint8Array(capacity);
    residual.set(this.residual);
    this.residual = residual;
    const inline = new Uint8Array(capacity).fill(1);
    inline.set(this.inline);
    this.inline = inline;
    const lastSeen = new Uint32Array(capacity);
    lastSeen.set(this.lastSeen);
    this.lastSeen = lastSeen;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let edge = 0; edge < this.count; edge++) {
      let slot = hash(this.src[edge]!, this.dest[edge]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = edge + 1;
    }
    this.#slots = slots;
  }
}

function growInts(ints: Int32Array, capacity: number): Int32Array {
  const grown = new Int32Array(capacity);
  grown.set(ints);
  return grown;
}

function hash(a: number, b: number): number {
  let h = Math.imul(a, 0x9e37_79b1) ^ Math.imul(b + 0x7f4a_7c15, 0x85eb_ca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b_3c6d);
  return h ^ (h >>> 13);
}

import { grown } from './growable.js';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A text of ASCII characters as a part of some bytes. */
export interface AsciiText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Numbers texts in the order in which they are first seen, from their UTF-8 bytes, without making a string of each. */
export class ByteTable {
  /** All texts one behind the other. */
  #bytes = new Uint8Array(1 << 10);
  /** The same bytes. */
  #buffer = Buffer.from(this.#bytes.buffer);
  /** Where text `id` ends; it begins where the one before ends. */
  #ends = new Uint32Array(1 << 6);
  #hashes = new Int32Array(1 << 6);
  #size = 0;
  /** Ids plus 1 by hash, open addressing; 0 is free. */
  #slots = new Int32Array(1 << 8);
  /** The text that was asked for last; the next one mostly follows it. */
  #last = -1;

  /** How many texts there are; ids are 0 to one less. */
  get size(): number {
    return this.#size;
  }

  /** The number of the text in `bytes` from `start` to before `end`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    // A second run has the names of the first in the same order.
    const next = this.#last + 1;
    this.#last = this.#equals(next, bytes, start, end) ? next : this.#find(bytes, start, end);
    return this.#last;
  }

  #find(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0) return this.#add(bytes, [start, end - start], [hash, slot]);
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id;
    }
  }

  /** The number of a text. */
  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** The text with that number, made anew each time it is asked for; bytes that are no UTF-8 become U+FFFD. */
  text(id: number): string {
    const [start, end] = [this.#start(id), this.#ends[id] ?? 0];
    // Note: half as long as a decoder takes, and nearly all names are plain.
    if (isAscii(this.#bytes, start, end)) return this.#buffer.toString('latin1', start, end);
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  /** The text with that number as it is kept, where it is ASCII; nothing may be added as long as that is used. */
  asciiText(id: number): AsciiText | undefined {
    const [bytes, start, end] = [this.#bytes, this.#start(id), this.#ends[id] ?? 0];
    return isAscii(bytes, start, end) ? { bytes, start, end } : undefined;
  }

  #start(id: number): number {
    return id === 0 ? 0 : (this.#ends[id - 1] ?? 0);
  }

  /** Whether there is a text with that number, and it is this one. */
  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (id >= this.#size) return false;
    let own = this.#start(id);
    if ((this.#ends[id] ?? 0) - own !== end - start) return false;
    for (let i = start; i < end; i++) if (bytes[i] !== this.#bytes[own++]) return false;
    return true;
  }

  #add(
    bytes: Uint8Array,
    [from, length]: readonly [number, number],
    [hash, slot]: readonly [number, number],
  ): number {
    const id = this.#size++;
    const start = this.#start(id);
    this.#reserve(start + length);
    this.#ends = grown(this.#ends, id + 1);
    this.#hashes = grown(this.#hashes, id + 1);
    for (let i = 0; i < length; i++) this.#bytes[start + i] = bytes[from + i] ?? 0;
    this.#ends[id] = start + length;
    this.#hashes[id] = hash;
    this.#slots[slot] = id + 1;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    return id;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    this.#bytes = grown(this.#bytes, length);
    this.#buffer = Buffer.from(this.#bytes.buffer);
  }

  #rehash(): void {
    const slots = new Int32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = (this.#hashes[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

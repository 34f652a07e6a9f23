import { wireBytes, wireVarint } from './wire-reader.js';
import { lowWord } from './word64.js';

/** Writes protocol buffers into a byte array that grows. Fields that are 0 are left out, as proto3 does. */
export class WireWriter {
  #bytes: Buffer = Buffer.allocUnsafe(1 << 16);
  #length = 0;

  /** The bytes so far; shares memory with the writer. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A varint of two unsigned 32-bit words. */
  words(low: number, high: number): void {
    this.#reserve(10);
    let [l, h] = [low, high];
    while (h !== 0 || l >= 0x80) {
      this.#bytes[this.#length++] = (l & 0x7f) | 0x80;
      l = (l >>> 7) | ((h & 0x7f) << 25);
      l >>>= 0;
      h >>>= 7;
    }
    this.#bytes[this.#length++] = l;
  }

  /** A varint of a safe integer, as int64. */
  number(value: number): void {
    this.words(value >>> 0, Math.floor(value / 0x1_0000_0000) >>> 0);
  }

  /** A field that is a safe integer. */
  numberField(field: number, value: number): void {
    if (value === 0) return;
    this.tag(field, wireVarint);
    this.number(value);
  }

  /** A field that is an int64 or uint64. */
  bigintField(field: number, value: bigint): void {
    if (value === 0n) return;
    this.tag(field, wireVarint);
    this.words(Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn));
  }

  /** A field whose value is entry i of a 64-bit column, given as words. */
  wordsField(field: number, words: Uint32Array, i: number): void {
    const [low, high] = [words[2 * i + lowWord]!, words[2 * i + 1 - lowWord]!];
    if (low === 0 && high === 0) return;
    this.tag(field, wireVarint);
    this.words(low, high);
  }

  /** A field of bytes. */
  bytesField(field: number, bytes: Uint8Array): void {
    this.tag(field, wireBytes);
    this.number(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Begins a message or a packed field; `end` takes what this returns. */
  begin(field: number): number {
    this.tag(field, wireBytes);
    this.#reserve(1);
    return ++this.#length;
  }

  /** Ends what `begin` began: now its length is known, and written in front. */
  end(start: number): void {
    const size = this.#length - start;
    if (size < 0x80) {
      this.#bytes[start - 1] = size;
      return;
    }
    const extra = size < 0x4000 ? 1 : size < 0x20_0000 ? 2 : 4;
    this.#reserve(extra);
    this.#bytes.copyWithin(start + extra, start, this.#length);
    this.#length = start - 1;
    let rest = size;
    for (let i = 0; i < extra; i++, rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#length++] = rest;
    this.#length += size;
  }

  tag(field: number, wireType: number): void {
    this.number(field * 8 + wireType);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

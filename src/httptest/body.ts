/** Bytes put together from pieces; keeps its memory when cleared. */
export class Body {
  #bytes: Buffer = Buffer.allocUnsafeSlow(256);
  #length = 0;

  /** Adds a copy of `bytes`. */
  addBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Adds a text in UTF-8. */
  addText(text: string): void {
    this.#reserve(text.length * 3); // no UTF-16 unit needs more
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** Takes everything out. */
  clear(): void {
    this.#length = 0;
  }

  /** The whole as UTF-8. */
  text(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }

  /** A copy of the whole. */
  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #reserve(more: number): void {
    const need = this.#length + more;
    if (need <= this.#bytes.length) return;
    const bigger = Buffer.allocUnsafeSlow(Math.max(need, this.#bytes.length * 2));
    bigger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bigger;
  }
}

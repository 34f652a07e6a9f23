/** How words stand in a file. */
export interface WordShape {
  /** Bytes. */
  readonly size: 4 | 8;
  readonly littleEndian: boolean;
}

/** Reads unsigned words one after the other; behind the end they are 0. */
export class WordReader {
  readonly #view: DataView;
  readonly #shape: WordShape;
  /** Byte that the next word begins at. */
  position = 0;
  /** Whether a word was asked for that is not there, or not whole. */
  isPastEnd = false;

  constructor(bytes: Uint8Array, shape: WordShape) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#shape = shape;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#view.byteLength - this.position;
  }

  next(): bigint {
    const { size, littleEndian } = this.#shape;
    if (this.isPastEnd || this.left < size) {
      this.isPastEnd = true;
      this.position = this.#view.byteLength;
      return 0n;
    }
    const at = this.position;
    this.position += size;
    return size === 8
      ? this.#view.getBigUint64(at, littleEndian)
      : BigInt(this.#view.getUint32(at, littleEndian));
  }
}

import { utf16Of } from './bench-text.js';

const encoder = new TextEncoder();

/** The longest byte order mark. */
const markLength = 3;

/** Turns a file that comes in pieces into UTF-8 without a byte order mark; see `decodeBenchText`. */
export class Utf8Stream {
  /** What came before it was enough to tell. */
  #head = new Uint8Array();
  #isTold = false;
  /** Undefined where the file is UTF-8 as it is. */
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  /** The next piece of the file, or as much of it as is certain. */
  push(piece: Uint8Array): Uint8Array {
    if (this.#isTold) return this.#convert(piece);
    const head = new Uint8Array(this.#head.length + piece.length);
    head.set(this.#head);
    head.set(piece, this.#head.length);
    this.#head = head;
    return head.length < markLength ? new Uint8Array() : this.#tell();
  }

  /** What is left at the end. */
  end(): Uint8Array {
    const rest = this.#isTold ? new Uint8Array() : this.#tell();
    const last = this.#decoder === undefined ? new Uint8Array() : encoder.encode(this.#decoder.decode());
    return rest.length > 0 ? Buffer.concat([rest, last]) : last;
  }

  #tell(): Uint8Array {
    const head = this.#head;
    const encoding = utf16Of(head);
    if (encoding !== undefined) this.#decoder = new TextDecoder(encoding);
    this.#isTold = true;
    this.#head = new Uint8Array();
    const isMarked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return this.#convert(isMarked ? head.subarray(markLength) : head);
  }

  #convert(piece: Uint8Array): Uint8Array {
    return this.#decoder === undefined
      ? piece
      : encoder.encode(this.#decoder.decode(piece, { stream: true }));
  }
}

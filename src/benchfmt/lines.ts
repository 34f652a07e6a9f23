/** Takes a line: the bytes from `start` to before `end`, without line break, and its number, counted from 1. */
export type LineHandler = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/** No result is as long as this; what is longer is no text. */
export const longestLine: number = 1 << 20;

const newline = 10;
const carriageReturn = 13;

/** Cuts bytes that come in pieces into lines; `\n` and `\r\n` end one. */
export class LineSplitter {
  readonly #onLine: LineHandler;
  readonly #onLongLine: (line: number) => void;
  /** The beginning of a line whose end has not come yet. */
  #rest: Uint8Array = new Uint8Array();
  #isTooLong = false;
  #line = 0;

  /** @param onLongLine - is called instead of `onLine` for a line of more than `longestLine` bytes */
  constructor(onLine: LineHandler, onLongLine: (line: number) => void) {
    this.#onLine = onLine;
    this.#onLongLine = onLongLine;
  }

  /** Takes the next piece; no line handler may keep its bytes. */
  push(piece: Uint8Array): void {
    let start = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
      if (this.#rest.length > 0 || this.#isTooLong) this.#finishLine(piece.subarray(start, end));
      else this.#emit(piece, start, end);
      start = end + 1;
    }
    this.#keep(piece.subarray(start));
  }

  /** Ends the last line, if nothing has. */
  end(): void {
    if (this.#rest.length > 0 || this.#isTooLong) this.#finishLine(new Uint8Array());
  }

  #finishLine(bytes: Uint8Array): void {
    this.#keep(bytes);
    const line = this.#rest;
    this.#rest = new Uint8Array();
    if (this.#isTooLong) this.#onLongLine(++this.#line);
    else this.#emit(line, 0, line.length);
    this.#isTooLong = false;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#isTooLong || bytes.length === 0) return;
    this.#isTooLong = this.#rest.length + bytes.length > longestLine;
    const kept = new Uint8Array(this.#isTooLong ? 0 : this.#rest.length + bytes.length);
    if (!this.#isTooLong) {
      kept.set(this.#rest);
      kept.set(bytes, this.#rest.length);
    }
    this.#rest = kept;
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    const last = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
    this.#onLine(bytes, start, last, ++this.#line);
  }
}

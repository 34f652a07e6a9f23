import type { Source } from '../source.js';

/** Longest line that pprof reads. */
const maxLine = 65_535;

/** Goes through the lines of a text as Go's `bufio.Scanner` does: `text` is the line that `scan` came to. */
export class LineScanner {
  readonly #source: Source;
  readonly #text: string;
  #next = 0;
  /** The current line without its end; empty before the first and behind the last. */
  text = '';
  /** 1-based number of the current line. */
  number = 0;

  /** @param text - the source's text, or the part of it to go through */
  constructor(source: Source, text: string = source.text) {
    this.#source = source;
    this.#text = text;
  }

  /** Goes to the next line; false where there is none. */
  scan(): boolean {
    this.text = '';
    if (this.#next >= this.#text.length) return false;
    const newline = this.#text.indexOf('\n', this.#next);
    const end = newline < 0 ? this.#text.length : newline;
    this.number += 1;
    if (end - this.#next > maxLine) throw this.error(`has more than ${maxLine} characters`);
    this.text = this.#text.slice(this.#next, end).replace(/\r$/, '');
    this.#next = end + 1;
    return true;
  }

  /** Whether the current line has nothing to say: it is empty or a comment. */
  get isBlank(): boolean {
    return /^\s*(#|$)/.test(this.text);
  }

  /** An error that names the current line. */
  error(problem: string): Error {
    return this.#source.lineError(this.number, `"${this.text.trim().slice(0, 60)}" ${problem}`);
  }
}

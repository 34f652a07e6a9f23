import type { TextSink } from './io.js';

/** Small texts are put together up to this many characters. */
const enough = 1 << 16;

/** Puts many small texts together before they are written. */
export class BufferedText {
  readonly #sink: TextSink;
  #text = '';

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  /** Adds a text; gives whether something was written. */
  add(text: string): boolean {
    this.#text += text;
    return this.#text.length >= enough && this.flush();
  }

  /** Writes what has been put together; gives whether there was something. */
  flush(): boolean {
    if (this.#text === '') return false;
    this.#sink.write(this.#text);
    this.#text = '';
    return true;
  }
}

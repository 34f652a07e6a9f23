import type { TextSink } from './io.js';

/** A step of a long work and how long it should take. */
export interface Step {
  readonly label: string;
  readonly seconds: number;
}

/** One line on a terminal, rewritten as the work goes on; nothing elsewhere. */
export class ProgressLine {
  readonly #sink: TextSink;
  #secondsLeft: number;
  #shown = false;
  #last: Step | undefined;

  /** @param totalSeconds - what all steps together should take */
  constructor(sink: TextSink, totalSeconds: number) {
    this.#sink = sink;
    this.#secondsLeft = totalSeconds;
  }

  /** A step begins. */
  begin(step: Step): void {
    this.#secondsLeft = Math.max(0, this.#secondsLeft - (this.#last?.seconds ?? 0));
    this.#last = step;
    if (!this.#sink.isTerminal) return;
    const left = Math.max(step.seconds, this.#secondsLeft);
    const text = `${step.label} … about ${Math.ceil(left)} s left`;
    this.#sink.write(`\r\x1b[2K${text.slice(0, this.#sink.columns - 1)}`);
    this.#shown = true;
  }

  /** More work has turned up. */
  extend(seconds: number): void {
    this.#secondsLeft += seconds;
  }

  /** Takes the line away, so that other text can be written. */
  clear(): void {
    if (this.#shown) this.#sink.write('\r\x1b[2K');
    this.#shown = false;
  }
}

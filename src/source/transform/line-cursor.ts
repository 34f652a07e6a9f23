import type { AnyNode } from 'acorn';
import { LineIndex } from '../line-index.js';
import type { Insertion } from './insertions.js';
import { linesName } from './line-slot.js';

/** A frame whose code is being walked through. */
interface FrameState {
  /** The line that was marked last on every way to this point; undefined where ways differ, or none has been. */
  current: number | undefined;
  /** Whether nothing may be put in. */
  isFrozen: boolean;
  /** Marks put into it so far. */
  marks: number;
}

/** Puts marks into a text, and knows at each point of the walk which line is marked. */
export class LineCursor {
  readonly insertions: Insertion[] = [];
  readonly #lines: LineIndex;
  #frame: FrameState = { current: undefined, isFrozen: false, marks: 0 };

  constructor(code: string) {
    this.#lines = new LineIndex(code);
  }

  get current(): number | undefined {
    return this.#frame.current;
  }

  set current(line: number | undefined) {
    this.#frame.current = line;
  }

  get isFrozen(): boolean {
    return this.#frame.isFrozen;
  }

  /** Marks in the frame so far. */
  get marks(): number {
    return this.#frame.marks;
  }

  lineOf(offset: number): number {
    return this.#lines.position(offset).line;
  }

  isOneLine({ start, end }: AnyNode): boolean {
    return this.lineOf(start) === this.lineOf(end);
  }

  insert(offset: number, text: string): void {
    if (!this.#frame.isFrozen) this.insertions.push({ offset, text });
  }

  /** The text that marks a line, from here on the current one. */
  mark(line: number, argument = ''): string {
    this.#frame.current = line;
    if (!this.#frame.isFrozen) this.#frame.marks++;
    return `${linesName}[${line}](${argument}`;
  }

  /** Walks through code that runs in a frame of its own. */
  inFrame(isFrozen: boolean, walk: () => void): void {
    const outer = this.#frame;
    this.#frame = { current: undefined, isFrozen, marks: 0 };
    walk();
    this.#frame = outer;
  }

  /** Walks through code of this frame that nothing may be put in. */
  frozen(walk: () => void): void {
    const outer = this.#frame.isFrozen;
    this.#frame.isFrozen = true;
    walk();
    this.#frame.isFrozen = outer;
  }

  /**
   * Puts text around what `walk` puts in, once it is known whether it is needed.
   *
   * @param decide - called after the walk; the texts to put in before and behind
   */
  around(
    { start, end }: AnyNode,
    walk: () => void,
    decide: () => readonly [string, string] | undefined,
  ): void {
    const place = this.insertions.length;
    walk();
    if (this.#frame.isFrozen) return;
    const texts = decide();
    if (texts === undefined) return;
    this.insertions.splice(place, 0, { offset: start, text: texts[0] });
    this.insert(end, texts[1]);
  }
}

/** The line current after two ways that meet. */
export function merged(a: number | undefined, b: number | undefined): number | undefined {
  return a === b ? a : undefined;
}

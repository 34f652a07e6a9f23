import { ProfError } from '../error.js';

/** The unzipped bytes of a file that may hold a profile, read as text or JSON when someone asks. */
export class Source {
  readonly bytes: Uint8Array;
  /** Where the bytes come from, for errors. */
  readonly name: string;
  #head: string | undefined;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined;

  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.name = name;
  }

  /** The text of the first 64 KiB; empty where they are no text. */
  get head(): string {
    return (this.#head ??= headOf(this.bytes));
  }

  /** The whole lines of the head; the first line alone where that is longer. */
  get headLines(): string[] {
    const lines = this.head.split(/\r?\n/);
    if (this.bytes.length <= headBytes) return lines;
    if (lines.length > 1) return lines.slice(0, -1);
    const { value } = this.lines().next();
    return this.head === '' || value === undefined ? [] : [value];
  }

  /**
   * The whole text.
   *
   * @throws ProfError `bad-profile` where it is longer than a string of JavaScript can be
   */
  get text(): string {
    return (this.#text ??= this.#readText());
  }

  /** The lines of the text, without their ends. */
  *lines(): Generator<string, void, undefined> {
    const { text } = this;
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      yield text.slice(start, text.charCodeAt(end - 1) === 0x0d && end > start ? end - 1 : end);
      start = end + 1;
    }
  }

  /** Whether the text begins as JSON's objects and arrays do. */
  get looksLikeJson(): boolean {
    return /^\s*[[{]/.test(this.head);
  }

  /**
   * The value of the JSON text, parsed once.
   *
   * @throws ProfError `bad-profile` where it is damaged or cut off, with the place
   */
  json(): unknown {
    this.#json ??= { value: this.#parse() };
    return this.#json.value;
  }

  /** An error that names the file, the place in it and what is wrong there: `x: nodes[3].id: …`. */
  error(place: string, problem: string): ProfError {
    return new ProfError('bad-profile', `${this.name}: ${place}: ${problem}`, {
      hint: damagedHint,
    });
  }

  /** An error in a line of the text, numbered from 1: `x:12: …`. */
  lineError(line: number, problem: string): ProfError {
    return new ProfError('bad-profile', `${this.name}:${line}: ${problem}`, { hint: damagedHint });
  }

  /** Throws that error; in the place of a value. */
  fail(place: string, problem: string): never {
    throw this.error(place, problem);
  }

  #readText(): string {
    try {
      const { buffer, byteOffset, byteLength } = this.bytes;
      return Buffer.from(buffer, byteOffset, byteLength)
        .toString('utf8')
        .replace(/^\ufeff/, '');
    } catch (cause) {
      const problem = `a text of ${this.bytes.length} bytes is too long`;
      throw new ProfError('bad-profile', `${this.name}: ${problem}`, {
        hint: 'Record a shorter time, or convert it to profile.proto with the tool that wrote it.',
        cause,
      });
    }
  }

  #parse(): unknown {
    const { text } = this;
    try {
      return JSON.parse(text);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      const whole = withMissingBracket(text);
      if (whole !== undefined) return whole;
      throw new ProfError('bad-profile', `${this.name}: JSON is damaged or cut off: ${cause.message}`, {
        hint: 'The file is incomplete; record or copy it again.',
        cause,
      });
    }
  }
}

/** Chrome's traces may lack their last bracket. */
function withMissingBracket(text: string): unknown {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    return JSON.parse(`${text.trimEnd().replace(/,$/, '')}]`);
  } catch {
    return undefined;
  }
}

const damagedHint = 'The file is damaged, or written by a tool that understands the format otherwise.';

const headBytes = 65_536;

function headOf(bytes: Uint8Array): string {
  const head = bytes.subarray(0, headBytes);
  if (head.includes(0)) return '';
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

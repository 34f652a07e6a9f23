import { ProfError } from '../error.js';

/** A word, an operator (itself as its kind), a pattern between slashes, or the end. */
export interface Token {
  readonly kind: 'word' | 'AND' | 'OR' | 'regexp' | '(' | ')' | ':' | '@' | ',' | '-' | '*' | 'end';
  /** A word without its quotes, a pattern without its slashes. */
  readonly text: string;
  /** Where it begins in the expression; UTF-16 code units. */
  readonly offset: number;
}

const operators: ReadonlySet<string> = new Set(['(', ')', ':', '@', ',', '-', '*'] as const);
// A word may have - and * inside; only at its beginning are they operators.
const bareWord = /[^\s():@,]+/y;
const quotedWord = /"((?:[^"\\]|\\.)*)"/sy;

/** Reads an expression token by token; what a word may be depends on where it stands. */
export class Tokens {
  readonly #what: string;
  readonly #text: string;
  #at = 0;

  /** @param what - where the expression stands, such as `--filter`, for messages */
  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  /** The next token, which stays the next one. */
  peek(wants: 'key' | 'value' = 'key'): Token {
    const at = this.#at;
    const token = this.next(wants);
    this.#at = at;
    return token;
  }

  /**
   * Takes the next token.
   *
   * @param wants - a slash begins a pattern where a value stands, and a name's key where a key does
   * @throws ProfError `usage` for a word that does not end
   */
  next(wants: 'key' | 'value' = 'key'): Token {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
    const offset = this.#at;
    const first = this.#text[offset];
    if (first === undefined) return { kind: 'end', text: '', offset };
    if (isOperator(first)) {
      this.#at++;
      return { kind: first, text: first, offset };
    }
    if (first === '"') return this.#quoted(offset);
    if (first === '/' && wants === 'value') return this.#regexp(offset);
    const text = this.#match(bareWord) ?? first;
    return { kind: text === 'AND' || text === 'OR' ? text : 'word', text, offset };
  }

  /** The error of something wrong at a place of the expression, which the hint points to. */
  error(offset: number, problem: string): ProfError {
    const caret = ' '.repeat([...this.#text.slice(0, offset)].length);
    return new ProfError('usage', `${this.#what}: ${problem}`, { hint: `${this.#text}\n${caret}^` });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  #quoted(offset: number): Token {
    const inner = this.#match(quotedWord);
    if (inner === undefined) throw this.error(offset, 'missing end quote');
    const text = unescapeGo(inner);
    if (text === undefined) throw this.error(offset, 'bad escape sequence');
    return { kind: 'word', text, offset };
  }

  #regexp(offset: number): Token {
    const end = regexpEnd(this.#text, offset + 1);
    if (end < 0) throw this.error(offset, 'missing close "/"');
    this.#at = end + 1;
    const behind = this.#text[this.#at] ?? ' ';
    if (!/\s/.test(behind) && !isOperator(behind)) {
      throw this.error(this.#at, 'a pattern ends with a space or an operator behind it (unescaped "/"?)');
    }
    return { kind: 'regexp', text: this.#text.slice(offset + 1, end), offset };
  }
}

function isOperator(text: string): text is '(' | ')' | ':' | '@' | ',' | '-' | '*' {
  return operators.has(text);
}

/** The slash that ends a pattern: not behind a backslash, nor within brackets. -1 where there is none. */
function regexpEnd(text: string, start: number): number {
  let [classes, groups] = [0, 0];
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (char === '/' && classes === 0 && groups === 0) return i;
    if (char === '\\') i++;
    else if (char === '[') classes++;
    else if (char === ']') classes = Math.max(0, classes - 1);
    else if (char === '(' && classes === 0) groups++;
    else if (char === ')' && classes === 0) groups--;
  }
  return -1;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const escapes = /\\(?:x([\da-fA-F]{2})|([0-3][0-7]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))|[^\\]+/gsu;

/** The text of a double-quoted Go string; undefined where an escape is none. `\x` and octal ones are bytes of UTF-8. */
function unescapeGo(inner: string): string | undefined {
  const pieces: Buffer[] = [];
  for (const [plain, hex, octal, short, long, letter] of inner.matchAll(escapes)) {
    const byte = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal ?? '', 8);
    const code = Number.parseInt(short ?? long ?? '', 16);
    const text = letter !== undefined ? simpleEscapes[letter] : plain.startsWith('\\') ? '' : plain;
    if (text === undefined || inner.includes('\n') || code > 0x10ffff) return undefined;
    if (!Number.isNaN(byte)) pieces.push(Buffer.of(byte));
    else pieces.push(Buffer.from(Number.isNaN(code) ? text : String.fromCodePoint(code)));
  }
  return Buffer.concat(pieces).toString();
}

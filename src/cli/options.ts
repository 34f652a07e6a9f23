import { ProfError } from '../error.js';

/** The value of an option as the parser hands it over. */
export type OptionValue = string | boolean | readonly string[] | undefined;

/** The options of one call, read by name and type; every wrong value is a `usage` error that quotes it. */
export class Options {
  readonly #values: ReadonlyMap<string, OptionValue>;

  /** @param values - by hyphenated long name; a name that was not given is absent */
  constructor(values: ReadonlyMap<string, OptionValue>) {
    this.#values = values;
  }

  /** Whether the option stands on the command line at all. */
  has(name: string): boolean {
    return this.#values.get(name) !== undefined;
  }

  /** The value of a flag, or `fallback` where it was not given. */
  flag(name: string, fallback = false): boolean {
    const value = this.#values.get(name);
    return typeof value === 'boolean' ? value : fallback;
  }

  /** The text of an option, or undefined; of a repeated one the last. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (Array.isArray(value)) return value.at(-1);
    return typeof value === 'string' ? value : undefined;
  }

  /** All values of a repeatable option, in order. */
  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    if (Array.isArray(value)) return value;
    return typeof value === 'string' ? [value] : [];
  }

  /** A decimal number, or undefined where the option was not given. */
  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw wrongValue(name, text, 'a number');
    return Number(text);
  }

  /** A whole number of at least `min`, or undefined where the option was not given. */
  integer(name: string, min: number = Number.MIN_SAFE_INTEGER): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    const want = min === Number.MIN_SAFE_INTEGER ? 'a whole number' : `a whole number of at least ${min}`;
    if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min)
      throw wrongValue(name, text, want);
    return value;
  }

  /** One of the words given in `choices`, or undefined where the option was not given. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw wrongValue(name, text, `one of ${choices.join(', ')}`);
    return found;
  }
}

/** The error of an option whose value does not fit. */
export function wrongValue(name: string, text: string, want: string): ProfError {
  return new ProfError('usage', `--${name}: "${text}" is not ${want}`);
}

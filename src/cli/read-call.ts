import { helpOption, makeCall, optionsOf, type Parsed } from './call.js';
import type { Command, OptionSpec } from './command.js';
import { normalizeOptions } from './normalize.js';
import type { OptionValue } from './options.js';

/** What one form of an option (`--cum`, `--no-cum`) sets; `value` is absent where a text follows. */
interface Form {
  readonly spec: OptionSpec;
  readonly value?: boolean;
}

/**
 * The call that words mean which hold nothing but words, flags and options with their values.
 *
 * To load the parser takes longer than to read a small profile, so it is asked only about the rest:
 * short options, `--`, help, and what is wrong. A test holds the two together.
 *
 * @returns undefined where the parser has to look
 * @throws ProfError `usage` for a wrong number of words, and for a flag that is neither true nor false
 */
export function readCall(command: Command, words: readonly string[]): Parsed | undefined {
  if (!words.some(isOption)) return makeCall(command, words, new Map());
  if (command.passThrough) return undefined;
  const specs = optionsOf(command);
  const rest = normalizeOptions(words, [...specs, helpOption]).values();
  const forms = formsOf(specs);
  const args: string[] = [];
  const values = new Map<string, OptionValue>();
  for (const word of rest) {
    if (isOption(word)) {
      const read = readOption(word, forms, rest);
      if (read === undefined) return undefined;
      setValue(values, read);
    } else args.push(word);
  }
  return makeCall(command, args, values);
}

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-';

/** The forms that normalized options have, without those that take a short name. */
function formsOf(specs: readonly OptionSpec[]): Map<string, Form> {
  const forms = new Map<string, Form>();
  for (const spec of specs) {
    const isFlag = spec.value === undefined;
    forms.set(`--${spec.name}`, isFlag ? { spec, value: true } : { spec });
    if (isFlag || spec.onByDefault) forms.set(`--no-${spec.name}`, { spec, value: false });
  }
  return forms;
}

interface ReadOption {
  readonly spec: OptionSpec;
  readonly value: string | boolean;
}

/** An option with its value, for which the next word is taken where it has none of its own. */
function readOption(
  word: string,
  forms: ReadonlyMap<string, Form>,
  rest: Iterator<string, undefined>,
): ReadOption | undefined {
  const equals = word.indexOf('=');
  const form = forms.get(equals < 0 ? word : word.slice(0, equals));
  if (form === undefined) return undefined;
  const { spec, value } = form;
  if (value !== undefined) return equals < 0 ? { spec, value } : undefined;
  const text = equals < 0 ? rest.next().value : word.slice(equals + 1);
  return text === undefined ? undefined : { spec, value: text };
}

function setValue(values: Map<string, OptionValue>, { spec, value }: ReadOption): void {
  const before = values.get(spec.name);
  const many = spec.repeatable && typeof value === 'string';
  values.set(spec.name, many ? [...(Array.isArray(before) ? before : []), value] : value);
}

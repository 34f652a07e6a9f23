import { ProfError } from '../error.js';
import type { Call, Command } from './command.js';
import type { ColorChoice } from './io.js';
import { Options } from './options.js';

/** What the words behind a command's name ask for: its help, or a call. */
export type Parsed =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'call';
      readonly call: Call;
      /** Undefined where the words ask for none. */
      readonly color: ColorChoice | undefined;
    };

/**
 * The call that words without any option mean, or undefined where there are options. To load and
 * make a parser takes longer than to read a small profile.
 *
 * @throws ProfError `usage` for a wrong number of words
 */
export function plainCall(command: Command, words: readonly string[]): Parsed | undefined {
  if (words.some((word) => word.startsWith('-') && word !== '-')) return undefined;
  checkArgs(command, words);
  return { kind: 'call', call: { args: words, options: new Options(new Map()) }, color: undefined };
}

/** @throws ProfError `usage` for a number of words that the command does not take */
export function checkArgs(command: Command, args: readonly string[]): void {
  const { min, max } = command.args;
  if (args.length >= min && args.length <= max) return;
  const what = args.length < min ? 'too few words' : `unexpected word "${args[max]}"`;
  const hint = `Usage: prof ${command.synopsis}\nRun \`prof help ${command.name}\`.`;
  throw new ProfError('usage', `${command.name}: ${what}`, { hint });
}

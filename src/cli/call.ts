import { ProfError } from '../error.js';
import type { Call, Command, OptionSpec } from './command.js';
import type { ColorChoice } from './io.js';
import { Options, type OptionValue } from './options.js';

/** What the words behind a command's name ask for: its help, or a call. */
export type Parsed =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'call';
      readonly call: Call;
      /** Undefined where the words ask for none. */
      readonly color: ColorChoice | undefined;
    };

/** What every command knows. */
const commonOptions: readonly OptionSpec[] = [
  { name: 'color', help: 'colour the output, or with --no-color do not' },
];

/** Known to the parser itself; among the options for Go's way to write it. */
export const helpOption: OptionSpec = { name: 'help', help: 'show this page' };

/** The options that a command takes, without that for its help. */
export function optionsOf(command: Command): readonly OptionSpec[] {
  return [...command.groups.flatMap((group) => group.options), ...commonOptions];
}

/**
 * The call that a command was given.
 *
 * @param values - by hyphenated long name
 * @throws ProfError `usage` for a number of words that the command does not take
 */
export function makeCall(
  command: Command,
  args: readonly string[],
  values: ReadonlyMap<string, OptionValue>,
): Parsed {
  checkArgs(command, args);
  const options = new Options(values);
  return { kind: 'call', call: { args, options }, color: colorOf(options) };
}

function checkArgs(command: Command, args: readonly string[]): void {
  const { min, max } = command.args;
  if (args.length >= min && args.length <= max) return;
  const what = args.length < min ? 'too few words' : `unexpected word "${args[max]}"`;
  const hint = `Usage: prof ${command.synopsis}\nRun \`prof help ${command.name}\`.`;
  throw new ProfError('usage', `${command.name}: ${what}`, { hint });
}

function colorOf(options: Options): ColorChoice | undefined {
  if (!options.has('color')) return undefined;
  return options.flag('color') ? 'always' : 'never';
}

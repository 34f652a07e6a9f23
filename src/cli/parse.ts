import { createRequire } from 'node:module';
import type { Command as Parser, CommanderError as ParserError } from 'commander';
import { ProfError } from '../error.js';
import { nearestWord } from '../text/nearest.js';
import { helpOption, makeCall, optionsOf, type Parsed } from './call.js';
import type { Command, OptionSpec } from './command.js';
import { normalizeOptions } from './normalize.js';
import type { OptionValue } from './options.js';

/** As CommonJS, which it is: Node would read through all of it once more to import it by name. */
const commander: typeof import('commander') = createRequire(import.meta.url)('commander');

/**
 * Reads the words behind a command's name.
 *
 * @throws ProfError `usage` for an unknown option, a missing value or a wrong number of words
 */
export function parseCall(command: Command, words: readonly string[]): Parsed {
  const specs = optionsOf(command);
  const normalized = normalizeOptions(words, [...specs, helpOption], command.passThrough);
  const parser = parserFor(
    command,
    specs.filter((spec) => isMentioned(spec, normalized)),
  );
  try {
    parser.parse(normalized, { from: 'user' });
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help' };
    throw usageError(error, command, specs);
  }
  return makeCall(command, parser.args, collect(parser, specs));
}

function parserFor(command: Command, specs: readonly OptionSpec[]): Parser {
  const parser = new commander.Command(command.name)
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
  parser.argument('[words...]').helpOption('-h, --help').showSuggestionAfterError(false);
  if (command.passThrough) parser.passThroughOptions();
  for (const spec of specs) addOption(parser, spec);
  return parser;
}

/** Whether any word looks like the option. A parser that knows the others as well takes longer to make than to use. */
function isMentioned({ name, short }: OptionSpec, words: readonly string[]): boolean {
  const forms = [`--${name}`, `--no-${name}`];
  const isForm = (word: string): boolean => forms.includes(word) || word.startsWith(`--${name}=`);
  return words.some((word) => isForm(word) || (short !== undefined && /^-\w/.test(word)));
}

function addOption(parser: Parser, spec: OptionSpec): void {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  if (spec.value === undefined) {
    parser.option(`${short}--${spec.name}`, '');
    parser.option(`--no-${spec.name}`, '');
    parser.setOptionValueWithSource(attribute(spec.name), undefined, 'default');
    return;
  }
  const many = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];
  const flags = `${short}--${spec.name} <value>`;
  if (spec.repeatable) parser.option(flags, '', many);
  else parser.option(flags, '');
  if (spec.onByDefault) {
    parser.option(`--no-${spec.name}`, '');
    parser.setOptionValueWithSource(attribute(spec.name), undefined, 'default');
  }
}

/** commander keeps `--node-count` under `nodeCount`. */
function attribute(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function collect(parser: Parser, specs: readonly OptionSpec[]): Map<string, OptionValue> {
  const raw: Record<string, OptionValue> = parser.opts();
  return new Map(specs.map((spec) => [spec.name, raw[attribute(spec.name)]]));
}

function usageError(error: ParserError, command: Command, specs: readonly OptionSpec[]): ProfError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/option '([^']+)' argument missing/, (_, flags: string) => `${longName(flags)} needs a value`)
    .replace(/'([^']*)'/g, '"$1"');
  const near = error.code === 'commander.unknownOption' ? nearestOption(message, specs) : undefined;
  const meant = near === undefined ? '' : `Did you mean --${near}?\n`;
  return new ProfError('usage', `${command.name}: ${message}`, {
    hint: `${meant}Run \`prof help ${command.name}\`.`,
  });
}

/** The option that the quoted word of the message was most likely meant to be. */
function nearestOption(message: string, specs: readonly OptionSpec[]): string | undefined {
  const word = /"--?([^="]+)/.exec(message)?.[1];
  const names = specs.flatMap(({ name, aliases = [], onByDefault }) => [
    ...[name, ...aliases],
    ...(onByDefault ? [`no-${name}`] : []),
  ]);
  return word === undefined || word.length < 2 ? undefined : nearestWord(word, names);
}

function longName(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

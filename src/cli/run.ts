import { readFileSync } from 'node:fs';
import { exitStatus, formatError, ProfError } from '../error.js';
import { allCommands, commandGroups, getCommand } from './commands.js';
import { type ColorChoice, type Io, processIo } from './io.js';

/**
 * Runs one command line and returns its exit status. The one place where a `ProfError` becomes
 * text and status; anything else that is thrown is a bug and goes on.
 *
 * @param argv - the words behind `prof`
 */
export async function run(argv: readonly string[]): Promise<number> {
  const { words, color } = takeColor(argv);
  const io = processIo(color);
  try {
    return await dispatch(words, io);
  } catch (error) {
    if (!(error instanceof ProfError)) throw error;
    io.stderr.write(formatError(error));
    return exitStatus[error.code];
  }
}

async function dispatch(words: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...rest] = words;
  if (name === '--version' || name === '-V' || name === 'version') return print(io, `${version()}\n`);
  if (name === 'help' || name === '--help' || name === '-h') return help(rest, io);
  const entry = getCommand(name);
  if (entry === undefined) throw await unknownCommand(name);
  const [command, { parseCall }] = await Promise.all([entry.load(), import('./parse.js')]);
  const parsed = parseCall(command, rest);
  if (parsed.kind === 'help') return help([name], io);
  return command.run(parsed.call, io);
}

async function help([name]: readonly string[], io: Io): Promise<number> {
  const { formatHelp, formatOverview } = await import('./help.js');
  if (name === undefined) return print(io, formatOverview(commandGroups));
  const entry = getCommand(name);
  if (entry === undefined) throw await unknownCommand(name);
  return print(io, formatHelp(await entry.load()));
}

async function unknownCommand(name: string): Promise<ProfError> {
  const { nearestWord } = await import('../text/nearest.js');
  const near = nearestWord(
    name,
    allCommands().map((command) => command.name),
  );
  const hint = near === undefined ? 'Run `prof help`.' : `Did you mean \`prof ${near}\`?`;
  return new ProfError('usage', `unknown command "${name}"`, { hint });
}

function print(io: Io, text: string): number {
  io.stdout.write(text);
  return 0;
}

/** The version in package.json. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}

/** Takes `--color` and `--no-color`, which every command knows, out of the words before `--`. */
function takeColor(argv: readonly string[]): { words: string[]; color: ColorChoice } {
  let color: ColorChoice = 'auto';
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const words = argv.filter((word, i) => {
    if (i >= end || (word !== '--color' && word !== '--no-color')) return true;
    color = word === '--color' ? 'always' : 'never';
    return false;
  });
  return { words, color };
}

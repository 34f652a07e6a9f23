import { existsSync, readFileSync } from 'node:fs';
import { exitStatus, formatError, isProfError, ProfError } from '../error.js';
import { allCommands, type CommandEntry, commandGroups, getCommand } from './commands.js';
import { type ColorChoice, type Io, processIo } from './io.js';
import { readCall } from './read-call.js';

/**
 * Runs one command line and returns its exit status. The one place where a `ProfError` becomes
 * text and status; anything else that is thrown is a bug and goes on.
 *
 * @param argv - the words behind `prof`
 */
export async function run(argv: readonly string[]): Promise<number> {
  const { words, color } = takeLeadingColor(argv);
  try {
    return await dispatch(words, color);
  } catch (error) {
    if (!isProfError(error)) throw error;
    processIo(color).stderr.write(formatError(withHint(error, words[0])));
    return exitStatus[error.code];
  }
}

async function dispatch(words: readonly string[], color: ColorChoice): Promise<number> {
  const io = processIo(color);
  const [name = 'help', ...rest] = words;
  if (name === '--version' || name === '-V' || name === 'version') return print(io, `${version()}\n`);
  if (name === 'help' || name === '--help' || name === '-h') return help(rest, io);
  const entry = getCommand(name) ?? profileEntry(name);
  if (entry === undefined) throw await unknownCommand(name);
  const command = await entry.load();
  const own = entry.name === name || entry.aliases?.includes(name) ? rest : words;
  const parsed = readCall(command, own) ?? (await import('./parse.js')).parseCall(command, own);
  if (parsed.kind === 'help') return help([name], io);
  return command.run(parsed.call, processIo(parsed.color ?? color));
}

/** A word that is no command may be a profile, which opens the shell. */
function profileEntry(word: string): CommandEntry | undefined {
  return !word.startsWith('-') && existsSync(word) ? getCommand('shell') : undefined;
}

async function help([name]: readonly string[], io: Io): Promise<number> {
  const { formatHelp, formatOverview } = await import('./help.js');
  if (name === undefined || name === 'help') return print(io, formatOverview(commandGroups));
  const entry = getCommand(name);
  if (entry === undefined) throw await unknownCommand(name);
  return print(io, formatHelp(await entry.load()));
}

async function unknownCommand(name: string): Promise<ProfError> {
  if (name.startsWith('-')) {
    const hint = 'Options stand behind the command: prof <command> [options].';
    return new ProfError('usage', `unknown option "${name}"`, { hint });
  }
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

/** Takes `--color` and `--no-color` before the command's name; behind it every command knows them. */
function takeLeadingColor(argv: readonly string[]): { words: readonly string[]; color: ColorChoice } {
  const [first, ...rest] = argv;
  if (first !== '--color' && first !== '--no-color') return { words: argv, color: 'auto' };
  const { words, color } = takeLeadingColor(rest);
  const own = first === '--color' ? 'always' : 'never';
  return { words, color: color === 'auto' ? own : color };
}

/** Wrong usage without other advice points to the command's help. */
function withHint(error: ProfError, name: string | undefined): ProfError {
  if (error.code !== 'usage' || error.hint !== undefined) return error;
  const hint = `Run \`prof help${name === undefined ? '' : ` ${name}`}\`.`;
  return new ProfError(error.code, error.message, { hint, cause: error.cause });
}

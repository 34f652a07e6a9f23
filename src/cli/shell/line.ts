import { ProfError } from '../../error.js';
import type { ShellConfig } from './config.js';

/** The reports of the shell; `true` for those that take a pattern first. */
export const shellCommands: ReadonlyMap<string, boolean> = new Map([
  ['callgrind', false],
  ['comments', false],
  ['dot', false],
  ['folded', false],
  ['list', true],
  ['peek', true],
  ['proto', false],
  ['raw', false],
  ['svg', false],
  ['tags', false],
  ['text', false],
  ['top', false],
  ['topproto', false],
  ['traces', false],
  ['tree', false],
  ['weblist', true],
]);

/** A report that a line of the shell asks for. */
export interface ShellCall {
  readonly command: string;
  /** Empty for reports without a pattern. */
  readonly pattern: string;
  /** The variables with what the line adds to them. */
  readonly config: ShellConfig;
}

/**
 * Reads `cmd[N] [pattern] [N] [focus]… [-ignore]… [-cum] [>file]`.
 *
 * @param words - at least one
 * @throws ProfError `usage` for an unknown command, or one without its pattern
 */
export function parseShellCall(words: readonly string[], config: ShellConfig): ShellCall {
  const [first = '', ...rest] = words;
  const { command, args } = splitCommand(first, rest);
  const own = config.copy();
  const takesPattern = shellCommands.get(command) === true;
  if (takesPattern && args.length === 0)
    throw new ProfError('usage', `command ${command} requires an argument`);
  const pattern = takesPattern ? (args[0] ?? '') : '';
  applyArguments(command, takesPattern ? args.slice(1) : args, own);
  if (own.get('nodecount') === '-1' && (command === 'top' || command === 'text')) own.set('nodecount', '10');
  return { command, pattern, config: own };
}

/** `top10` is `top 10`. */
function splitCommand(first: string, rest: readonly string[]): { command: string; args: readonly string[] } {
  if (shellCommands.has(first)) return { command: first, args: rest };
  const [, name = '', digits = ''] = /^(.+?)(\d+)$/.exec(first) ?? [];
  if (shellCommands.has(name)) return { command: name, args: [digits, ...rest] };
  throw new ProfError('usage', `unrecognized command: "${name === '' ? first : name}"`);
}

function applyArguments(command: string, args: readonly string[], config: ShellConfig): void {
  const focus: string[] = [];
  const ignore: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (isInt32(word)) config.set('nodecount', word);
    else if (word === '-cum' || word === '--cum') config.set('sort', 'cum');
    else if (word.startsWith('>')) {
      const file = word.length > 1 ? word.slice(1) : args[++i];
      if (file === undefined) throw new ProfError('usage', 'unexpected end of line after >');
      config.set('output', file);
    } else if (word.startsWith('-')) ignore.push(word.slice(1));
    else focus.push(word);
  }
  const [focusName, ignoreName] = command === 'tags' ? ['tagfocus', 'tagignore'] : ['focus', 'ignore'];
  const join = (words: readonly string[]): string => words.filter((word) => word !== '').join('|');
  if (join(focus) !== '') config.set(focusName ?? '', join(focus));
  if (join(ignore) !== '') config.set(ignoreName ?? '', join(ignore));
}

function isInt32(word: string): boolean {
  return /^[+-]?\d+$/.test(word) && Math.abs(Number(word)) < 2 ** 31;
}

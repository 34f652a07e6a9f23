import type { Command, OptionGroup, OptionSpec } from './command.js';

/** A command as the overview lists it. */
export interface CommandSummary {
  readonly name: string;
  readonly summary: string;
}

const width = 80;

/** The page of `prof` alone and of `prof help`. */
export function formatOverview(
  groups: readonly { title: string; commands: readonly CommandSummary[] }[],
): string {
  const commands = groups.flatMap((group) => [
    `${group.title}:`,
    ...group.commands.flatMap(({ name, summary }) => twoColumns(name, summary, 12)),
    '',
  ]);
  return [
    'Usage: prof <command> [options]',
    '',
    'Benchmark, profile and compare Node.js and TypeScript code.',
    '',
    'Examples:',
    '  prof bench step3            measure a variant; writes prof.cpu, prof.mem, mem.3',
    '  prof top prof.cpu --cum     the functions that cost most',
    '  prof list handleHi prof.cpu the lines that cost most',
    '  prof cmp mem.3 mem.4        what a change has brought',
    '',
    ...commands,
    'Run `prof help <command>` for its options; `prof --version` prints the version.',
    '',
  ].join('\n');
}

/** The page of `prof help COMMAND`: usage, what it does, examples, options in groups. */
export function formatHelp(command: Command): string {
  const groups = command.groups.flatMap((group) => formatGroup(group));
  const notes = command.notes === undefined ? [] : formatNotes(command.notes);
  return [
    `Usage: prof ${command.synopsis}`,
    '',
    ...wrap(command.summary, width),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
    ...groups,
    ...notes,
  ].join('\n');
}

/** Paragraphs, however their lines were broken. */
function formatNotes(notes: string): string[] {
  const paragraphs = notes.trim().split('\n\n');
  return paragraphs.flatMap((text) => [...wrap(text.replace(/\s+/g, ' '), width), '']);
}

function formatGroup(group: OptionGroup): string[] {
  const shown = group.options.filter((option) => !option.hidden);
  if (shown.length === 0) return [];
  const rows = shown.flatMap((option) => twoColumns(optionUsage(option), option.help, 24));
  return [`${group.title}:`, ...rows, ''];
}

function optionUsage(option: OptionSpec): string {
  const isNegated = option.onByDefault && option.value === undefined;
  const name = isNegated ? `--no-${option.name}` : `--${option.writtenAs ?? option.name}`;
  const value = option.value === undefined ? '' : `=${option.value}`;
  return `${option.short === undefined ? '' : `-${option.short}, `}${name}${value}`;
}

function twoColumns(left: string, right: string, column: number): string[] {
  const lines = wrap(right, width - column - 2);
  const indent = ' '.repeat(column + 2);
  if (left.length >= column) return [`  ${left}`, ...lines.map((line) => `${indent}${line}`)];
  return lines.map((line, i) => (i === 0 ? `  ${left.padEnd(column)}${line}` : `${indent}${line}`));
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

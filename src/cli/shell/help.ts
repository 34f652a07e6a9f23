import type { Profile } from '../../profile/profile.js';
import { compareBytes } from '../../text/order.js';
import { getChoice, getField, type ShellConfig, shellFields } from './config.js';
import { shellCommands } from './line.js';

const commandHelp: Readonly<Record<string, string>> = {
  callgrind: 'write the call graph for KCachegrind to a file',
  comments: 'what the recorder noted',
  dot: 'the call graph for graphviz',
  folded: 'stacks for flame graph scripts',
  list: 'source of matching functions with what was spent on each line',
  peek: 'callers and callees of matching functions',
  proto: 'write the profile that the filters leave to a file',
  raw: "the profile's own tables",
  svg: 'draw the call graph to a file',
  tags: 'what was spent under each label',
  text: 'the functions that cost most',
  top: 'the functions that cost most',
  topproto: 'write the table of top to a file, as a profile',
  traces: 'every sample with its stack',
  tree: 'each function with its callers and callees',
  weblist: 'write annotated source to a file, as a page',
};

/** What `help` says, of everything or of one word. */
export function helpText(word: string): string {
  if (word === '') return overview();
  if (shellCommands.has(word)) return `${usageOf(word)}\n  ${commandHelp[word]}\n`;
  const field = getField(word) ?? getChoice(word)?.field;
  return field === undefined ? `Unknown command: ${word}\n` : `${field.name}=<val>\n  ${field.help}\n`;
}

function usageOf(command: string): string {
  const pattern = shellCommands.get(command) === true ? ' <regexp>' : '';
  return `${command}${pattern} [n] [focus_regexp]… [-ignore_regexp]… [-cum] [>file]`;
}

function overview(): string {
  const commands = [...shellCommands.keys()].map((name) => `  ${name.padEnd(22)}${commandHelp[name]}`);
  const fields = [...shellFields]
    .sort((a, b) => compareBytes(a.name, b.name))
    .map(
      ({ name, help, choices }) => `  ${name.padEnd(22)}${help}${choices ? ` (${choices.join(', ')})` : ''}`,
    );
  return `${[
    'Commands: cmd [n] [focus_regexp]… [-ignore_regexp]… [-cum] [>file]',
    ...commands,
    `  ${'o, options'.padEnd(22)}the variables and their values`,
    `  ${'q, quit, exit, ^D'.padEnd(22)}leave`,
    '',
    'Variables: name=value',
    ...fields,
    '',
    '  :   clear focus, ignore, hide, tagfocus, tagignore',
    '  NAME of a sample type, total_NAME, mean_NAME: report it',
  ].join('\n')}\n`;
}

/** What `o` says: the variables and their values. */
export function optionsText(config: ShellConfig, { sampleTypes }: Profile): string {
  const types = sampleTypes.map(({ type }) => type);
  const lines = shellFields
    .filter(({ name }) => name !== 'source_path')
    .map(({ name, choices }) => {
      const own = config.get(name);
      const value = name === 'sample_index' && own === '' ? (types.at(-1) ?? '') : own;
      const shown = value !== '' ? value : name === 'granularity' ? '(default)' : '""';
      return `  ${name.padEnd(25)} = ${shown.padEnd(20)} ${remark(name, choices, { value, types })}`;
    });
  return `${lines.sort(compareBytes).join('\n')}\n`;
}

function remark(
  name: string,
  choices: readonly string[] | undefined,
  { value, types }: { value: string; types: readonly string[] },
): string {
  if (choices !== undefined) return `//: [${[...choices].sort().join(' | ')}]`;
  if (name === 'sample_index') return `//: [${types.join(' | ')}]`;
  return name === 'nodecount' && value === '-1' ? '//: default' : '';
}

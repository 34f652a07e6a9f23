import type { Command, OptionSpec } from '../../src/cli/command.js';

/** Options of all kinds. */
export const someOptions: readonly OptionSpec[] = [
  { name: 'cum', help: 'sort by cum (default: flat)' },
  { name: 'trim', help: 'drop nothing', onByDefault: true },
  { name: 'node-count', value: 'N', help: 'print at most N entries', aliases: ['top-n'] },
  { name: 'sample-index', value: 'NAME', help: 'value to report' },
  { name: 'tag', value: 'TAG', help: 'may be repeated', repeatable: true },
  { name: 'save', value: 'FILE', help: 'where to save (default: mem.N)', onByDefault: true },
  { name: 'verbose', short: 'v', help: 'say more' },
  { name: 'output', short: 'o', value: 'FILE', help: 'write to a file' },
  { name: 'secret', help: 'not shown', hidden: true },
];

/** A command with `someOptions` that takes one to two words. */
export const someCommand: Command = {
  name: 'show',
  synopsis: 'show [options] <file>…',
  summary: 'Show what is in a file, in a sentence that is long enough to be broken at the eightieth column.',
  examples: ['prof show --cum prof.cpu'],
  groups: [
    { title: 'Order', options: someOptions.slice(0, 4) },
    { title: 'Rest', options: someOptions.slice(4, 8) },
    { title: 'Hidden', options: someOptions.slice(8) },
  ],
  args: { min: 1, max: 2 },
  notes: 'A closing remark.',
  run: async () => 0,
};

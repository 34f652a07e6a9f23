import { listVariants } from '../bench/variant-list.js';
import type { Command } from './command.js';

/** `prof ls`. */
export const ls: Command = {
  name: 'ls',
  synopsis: 'ls [options]',
  summary: 'List the variants that can be named, a line each.',
  examples: ['prof ls'],
  groups: [{ title: 'Output', options: [{ name: 'json', help: 'print JSON: [{"name", "summary"}, …]' }] }],
  args: { min: 0, max: 0 },
  notes:
    'A variant is a folder or a file. One without a slash is looked up in the working\nfolder, in its fixtures/, and in the fixtures that come with prof. The text is the\nfirst comment of its main file.\n',

  async run({ options }, io) {
    const variants = listVariants(io.cwd);
    if (options.flag('json')) {
      io.stdout.write(`${JSON.stringify(variants, undefined, 2)}\n`);
      return 0;
    }
    const width = Math.max(...variants.map(({ name }) => name.length));
    for (const { name, summary } of variants) {
      io.stdout.write(`${`${name.padEnd(width)}  ${summary}`.trimEnd()}\n`);
    }
    return 0;
  },
};

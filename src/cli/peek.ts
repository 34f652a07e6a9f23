import { formatTree, peekTree } from '../report/tree.js';
import type { Command } from './command.js';
import { reportCommand } from './report-command.js';

/** `prof peek`: callers and callees of some functions. */
export const peek: Command = reportCommand({
  name: 'peek',
  kind: 'peek',
  pattern: 'regexp',
  summary: 'Print the callers and callees of matching functions.',
  examples: ['prof peek handleHi prof.cpu', "prof peek '^Router\\.' prof.cpu"],
  render: (report, { pattern, matches }) => formatTree(peekTree(report, pattern, matches)),
});

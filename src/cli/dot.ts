import { formatDot, picture } from '../report/dot.js';
import type { Command } from './command.js';
import { reportCommand } from './report-command.js';

/** `prof dot`: the call graph for graphviz. */
export const dot: Command = reportCommand({
  name: 'dot',
  kind: 'dot',
  summary: 'Print the call graph in the language of graphviz.',
  examples: ['prof dot prof.cpu', 'prof dot --call-tree --node-count=30 prof.cpu'],
  render: (report) => formatDot(picture(report)),
});

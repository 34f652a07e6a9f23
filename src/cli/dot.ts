import { formatDot, picture } from '../report/dot.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof dot`: the call graph for graphviz. */
export const dot: ReportingCommand = reportCommand({
  name: 'dot',
  kind: 'dot',
  summary: 'Print the call graph in the language of graphviz.',
  examples: ['prof dot prof.cpu', 'prof dot --call-tree --node-count=30 prof.cpu'],
  rows: picture,
  remarks: ({ remarks }) => remarks,
  text: formatDot,
  json: async (rows, report) => (await import('../report/json-reports.js')).graphJson(report, rows),
});

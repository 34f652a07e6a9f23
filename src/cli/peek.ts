import { formatTree, peekTree } from '../report/tree.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof peek`: callers and callees of some functions. */
export const peek: ReportingCommand = reportCommand({
  name: 'peek',
  kind: 'peek',
  pattern: 'regexp',
  summary: 'Print the callers and callees of matching functions.',
  examples: ['prof peek handleHi prof.cpu', "prof peek '^Router\\.' prof.cpu"],
  rows: (report, { pattern, matches }) => peekTree(report, pattern, matches),
  text: formatTree,
  json: async (rows, report) => (await import('../report/json-reports.js')).treeJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).treeMarkdown(rows),
});

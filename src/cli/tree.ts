import { callTree, formatTree } from '../report/tree.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof tree`: each function with its callers and callees. */
export const tree: ReportingCommand = reportCommand({
  name: 'tree',
  kind: 'tree',
  summary: 'Print each function with its callers above and its callees below.',
  examples: ['prof tree prof.cpu', 'prof tree --focus=handleHi --node-count=20 prof.cpu'],
  rows: callTree,
  text: formatTree,
  json: async (rows, report) => (await import('../report/json-reports.js')).treeJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).treeMarkdown(rows),
});

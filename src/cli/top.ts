import { formatTop, topTable } from '../report/top.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof top`: the functions that cost most. */
export const top: ReportingCommand = reportCommand({
  name: 'top',
  kind: 'top',
  summary: 'Print the functions with the largest values.',
  examples: [
    'prof top prof.cpu',
    'prof top --cum --focus=parse prof.cpu',
    'prof top --alloc-space --node-count=20 prof.mem',
  ],
  rows: topTable,
  text: formatTop,
  json: async (rows, report) => (await import('../report/json-reports.js')).topJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).topMarkdown(rows),
});

import { formatWeblist } from '../report/weblist.js';
import { listRows } from './list.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof weblist`: annotated source as a page. */
export const weblist: ReportingCommand = reportCommand({
  name: 'weblist',
  kind: 'list',
  pattern: 'regexp',
  summary: 'Write the source of matching functions, with what was spent on each line, as a page of HTML.',
  examples: ['prof weblist --output=handleHi.html handleHi prof.cpu'],
  rows: listRows,
  text: formatWeblist,
  json: async (rows, report) => (await import('../report/json-reports.js')).listJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).listMarkdown(rows),
});

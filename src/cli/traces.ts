import { allTraces, formatTraces } from '../report/traces.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof traces`: every sample. */
export const traces: ReportingCommand = reportCommand({
  name: 'traces',
  kind: 'traces',
  summary: 'Print every sample with its stack and labels.',
  examples: ['prof traces prof.cpu', 'prof traces --focus=handleHi --lines prof.cpu'],
  rows: allTraces,
  text: formatTraces,
  json: async (rows, report) => (await import('../report/json-reports.js')).tracesJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).tracesMarkdown(rows),
});

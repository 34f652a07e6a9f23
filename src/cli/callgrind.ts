import { callgrindGraph, formatCallgrind } from '../report/callgrind.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof callgrind`: the call graph for KCachegrind. */
export const callgrind: ReportingCommand = reportCommand({
  name: 'callgrind',
  kind: 'callgrind',
  summary: "Print the call graph in callgrind's format, for KCachegrind.",
  examples: ['prof callgrind prof.cpu', 'prof callgrind --output=prof.callgrind prof.cpu'],
  rows: callgrindGraph,
  remarks: ({ remarks }) => remarks,
  text: formatCallgrind,
  json: async (rows, report) => (await import('../report/json-reports.js')).graphJson(report, rows),
});

import { formatRaw } from '../report/raw.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof raw`: the profile's own tables. */
export const raw: ReportingCommand = reportCommand({
  name: 'raw',
  kind: 'raw',
  summary: "Print the profile's own tables: samples, locations, mappings.",
  examples: ['prof raw prof.cpu', 'prof raw --focus=handleHi prof.cpu'],
  rows: (report) => report,
  text: formatRaw,
  json: async (rows) => (await import('../report/json-reports.js')).rawJson(rows),
});

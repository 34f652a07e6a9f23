import { foldedStacks, formatFolded } from '../report/folded.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof folded`: stacks for flame graph scripts. */
export const folded: ReportingCommand = reportCommand({
  name: 'folded',
  kind: 'folded',
  summary: 'Print stacks, a line each, root first: what flame graph scripts read.',
  examples: ['prof folded prof.cpu', 'prof folded --focus=handleHi --lines prof.cpu'],
  rows: foldedStacks,
  text: formatFolded,
  json: async (rows, report) => (await import('../report/json-reports.js')).foldedJson(report, rows),
});

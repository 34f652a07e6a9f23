import { callLinesByText, noCallLines } from '../profile/call-lines.js';
import { formatList, type Listing, listing } from '../report/list.js';
import type { Report } from '../report/report.js';
import { type RenderContext, type ReportingCommand, reportCommand } from './report-command.js';
import { sourcePathOr, sourceReader } from './source-files.js';

const noCallLinesNote =
  'prof: note: this profile has no lines of calls: cum counts only on lines with samples of their own';

const callLinesByTextNote =
  'prof: note: lines of calls are told by the text: what a function calls on several lines may stand where it starts';

/** `prof list`: annotated source. */
export const list: ReportingCommand = reportCommand({
  name: 'list',
  kind: 'list',
  pattern: 'regexp',
  summary: 'Print the source of matching functions with what was spent on each line.',
  examples: [
    'prof list handleHi prof.cpu',
    "prof list '^Router\\.' --source-path=src prof.cpu",
    'prof list --alloc-space handleHi prof.mem',
  ],
  notes:
    'Memory profiles of `prof bench` charge the lines that allocate; those of `prof run` and of a server the line where the ' +
    'function starts, which is all that V8 tells.',
  rows: listRows,
  text: formatList,
  json: async (rows, report) => (await import('../report/json-reports.js')).listJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).listMarkdown(rows),
});

/** The annotated source that a report asks for, read from where its options say. */
export function listRows(report: Report, { io, profile, pattern, matches }: RenderContext): Listing {
  const { sourcePath, trimPath } = report.options;
  const places = { sourcePath: sourcePathOr(sourcePath, io.cwd), trimPath, cwd: io.cwd };
  const found = listing(report, { pattern, matches, readSource: sourceReader(places) });
  if (profile.comments.includes(noCallLines)) io.stderr.write(`${noCallLinesNote}\n`);
  else if (profile.comments.includes(callLinesByText)) io.stderr.write(`${callLinesByTextNote}\n`);
  return found;
}

import { formatComments } from '../report/comments.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof comments`: what the recorder noted. */
export const comments: ReportingCommand = reportCommand({
  name: 'comments',
  kind: 'comments',
  summary: 'Print the comments of the profile.',
  examples: ['prof comments prof.cpu'],
  rows: (report) => report,
  text: formatComments,
  json: async (rows) => (await import('../report/json-reports.js')).commentsJson(rows),
  markdown: async ({ profile }) => profile.comments.map((comment) => `- ${comment}\n`).join(''),
});

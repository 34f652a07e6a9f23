import { formatComments } from '../report/comments.js';
import type { Command } from './command.js';
import { reportCommand } from './report-command.js';

/** `prof comments`: what the recorder noted. */
export const comments: Command = reportCommand({
  name: 'comments',
  kind: 'comments',
  summary: 'Print the comments of the profile.',
  examples: ['prof comments prof.cpu'],
  rows: (report) => report,
  text: formatComments,
  json: async (rows) => (await import('../report/json-reports.js')).commentsJson(rows),
  markdown: async ({ profile }) => profile.comments.map((comment) => `- ${comment}\n`).join(''),
});

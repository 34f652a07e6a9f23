import { formatTags, tagTable } from '../report/tags.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof tags`: what was spent under each label. */
export const tags: ReportingCommand = reportCommand({
  name: 'tags',
  kind: 'tags',
  summary: 'Print the labels of the samples with what was spent under each value.',
  examples: ['prof tags prof.cpu', 'prof tags --tag-show=bench prof.cpu'],
  rows: tagTable,
  text: formatTags,
  json: async (rows, report) => (await import('../report/json-reports.js')).tagsJson(report, rows),
  markdown: async (rows) => (await import('../report/markdown-reports.js')).tagsMarkdown(rows),
});

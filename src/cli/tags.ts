import { formatTags, tagTable } from '../report/tags.js';
import type { Command } from './command.js';
import { reportCommand } from './report-command.js';

/** `prof tags`: what was spent under each label. */
export const tags: Command = reportCommand({
  name: 'tags',
  kind: 'tags',
  summary: 'Print the labels of the samples with what was spent under each value.',
  examples: ['prof tags prof.cpu', 'prof tags --tag-show=bench prof.cpu'],
  render: (report) => formatTags(tagTable(report)),
});

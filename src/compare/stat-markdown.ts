import { type MarkdownColumn, markdownEscape, markdownHeading, markdownTable } from '../table/markdown.js';
import type { StatView, StatViewCell, StatViewRow } from './stat-view.js';
import { sumUp } from './sum-up.js';

/** The tables in GitHub's Markdown, for a comment on a change: what has changed at all first, then every table. */
export function formatStatMarkdown(views: readonly StatView[]): string {
  return [`${sumUp(views)}\n`, ...views.map(formatView)].join('\n');
}

function formatView({ settings, unit, columns, rows, footnotes }: StatView): string {
  const parts = [
    markdownHeading(unit),
    settings.length === 0 ? '' : `${settings.map(markdownEscape).join(' · ')}\n\n`,
    markdownTable(tableColumns(columns), rows.map(rowTexts)),
    footnotes.length === 0 ? '' : `\n${footnotes.map(markdownEscape).join('  \n')}\n`,
  ];
  return parts.join('');
}

function tableColumns(columns: readonly string[]): MarkdownColumn[] {
  const own = columns.flatMap((title, i): MarkdownColumn[] => {
    const center: MarkdownColumn = { title: markdownEscape(title), align: 'right' };
    return i === 0 ? [center] : [center, { title: 'change', align: 'right' }, { title: '', align: 'left' }];
  });
  return [{ title: '', align: 'left' }, ...own];
}

function rowTexts({ name, cells }: StatViewRow): string[] {
  return [name, ...cells.flatMap((cell, i) => cellTexts(cell, i))];
}

function cellTexts(cell: StatViewCell | undefined, column: number): string[] {
  if (cell === undefined) return column === 0 ? [''] : ['', '', ''];
  const { center, range, delta, test, verdict = '', marks } = cell;
  const value = joined([center, range, marks]);
  return column === 0 ? [value] : [value, delta, joined([verdict, test])];
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' ');
}

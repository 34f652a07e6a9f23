import { escapeHtml, formatHtmlPage } from '../table/html.js';
import type { StatView, StatViewCell, StatViewRow } from './stat-view.js';
import { sumUp } from './sum-up.js';

const style = `body { font: 14px system-ui, sans-serif; margin: 1.5em 2em; color: #222; background: #fff; }
h2 { margin: 1.6em 0 .2em; font-size: 1.1em; } .settings, .notes { margin: .2em 0; color: #666; white-space: pre-line; }
table { border-collapse: collapse; margin: .5em 0; font-variant-numeric: tabular-nums; }
th, td { padding: .25em .7em; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
th:first-child, td:first-child, td.test { text-align: left; } td.range, td.test { color: #666; }
td.better { color: #116329; } td.worse { color: #a40e26; font-weight: bold; } tr.summary td { border-top: 2px solid #bbb; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1c1c1c; } th, td { border-color: #444; }
  td.better { color: #57ab5a; } td.worse { color: #f47067; } td.range, td.test, .settings, .notes { color: #999; }
}`;

/** The tables as a page of HTML that stands alone. */
export function formatStatHtml(views: readonly StatView[]): string {
  const body = [`<p>${escapeHtml(sumUp(views))}</p>\n`, ...views.map(formatView)].join('');
  return formatHtmlPage({ title: 'Comparison of benchmarks', style, body });
}

function formatView({ settings, unit, columns, rows, footnotes }: StatView): string {
  const titles = columns.map((title, i) => `<th colspan="${i === 0 ? 2 : 4}">${escapeHtml(title)}</th>`);
  return [
    `<h2>${escapeHtml(unit)}</h2>\n`,
    paragraph('settings', settings),
    `<table>\n<tr><th></th>${titles.join('')}</tr>\n`,
    ...rows.map(formatRow),
    '</table>\n',
    paragraph('notes', footnotes),
  ].join('');
}

function paragraph(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<p class="${name}">${lines.map(escapeHtml).join('\n')}</p>\n`;
}

function formatRow({ name, cells, isSummary }: StatViewRow): string {
  const own = cells.map((cell, i) => formatCell(cell, i)).join('');
  return `<tr${isSummary ? ' class="summary"' : ''}><td>${escapeHtml(name)}</td>${own}</tr>\n`;
}

function formatCell(cell: StatViewCell | undefined, column: number): string {
  if (cell === undefined) return `<td colspan="${column === 0 ? 2 : 4}"></td>`;
  const { center, range, delta, test, verdict, marks } = cell;
  const own = `<td>${escapeHtml(center)}</td><td class="range">${escapeHtml(`${range} ${marks}`.trim())}</td>`;
  if (column === 0) return own;
  return `${own}<td class="${verdict ?? ''}">${escapeHtml(delta)}</td><td class="test">${escapeHtml(test)}</td>`;
}

/** A column of a table: numbers stand to the right. */
export interface MarkdownColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table in GitHub's Markdown. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  const body = rows.map((row) => line(row.map(markdownEscape)));
  return line(columns.map(({ title }) => title)) + line(rule) + body.join('');
}

/** A block of text in which nothing is markup. */
export function markdownCode(text: string, language = ''): string {
  // The fence must be longer than any in the text.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fence}\n`;
}

/** The header of a report as lines of a paragraph. */
export function markdownLabels(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `${labels.map((label) => markdownEscape(label.trim())).join('  \n')}\n\n`;
}

/** A heading with a name that may hold anything. */
export function markdownHeading(text: string): string {
  return `## ${markdownEscape(text)}\n\n`;
}

/** A text in which nothing is markup, on one line. */
export function markdownEscape(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replace(/\r?\n/g, ' ');
}

/**
 * A Markdown table that counts rows: a line for each value of `key` in order of appearance, and one for all.
 *
 * @param columns - name → whether a row counts
 */
export function tally(rows, { heading, key, columns }) {
  const names = Object.keys(columns);
  const values = [...new Set(rows.map((row) => row[key]))];
  const counts = (group) => names.map((name) => `${group.filter(columns[name]).length} of ${group.length}`);
  const body = values.map((value) => [value, ...counts(rows.filter((row) => row[key] === value))]);
  if (values.length > 1) body.push(['all', ...counts(rows)]);
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return [[heading, ...names], ['---', ...names.map(() => '---:')], ...body].map(line).join('');
}

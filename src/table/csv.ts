/** A row of comma-separated values, with its line break; fields are quoted where they have to be, as Go's encoder does. */
export function formatCsvRow(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\n`;
}

function quoted(field: string): string {
  const isPlain = field === '' || (field !== '\\.' && !/[",\r\n]|^\s/.test(field));
  return isPlain ? field : `"${field.replaceAll('"', '""')}"`;
}

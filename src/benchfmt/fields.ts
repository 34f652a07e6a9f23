// Go's white space. Note: `\s` would take a byte order mark for a blank and U+0085 for a letter.
const blank = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const blanks = new RegExp(`${blank}+`);
const configLine = new RegExp(`^(\\p{Ll}(?:(?!${blank})[^:\\p{Lu}])*):(?:[ \\t]+(.*))?$`, 'su');

/** The words of a line, as Go's `strings.Fields` cuts it. */
export function fieldsOf(line: string): string[] {
  return line.split(blanks).filter((field) => field !== '');
}

/** Key and value of a line `key: value`; the value is empty in `key:`. Undefined for other lines. */
export function configOf(line: string): { readonly key: string; readonly value: string } | undefined {
  const [, key, value = ''] = configLine.exec(line) ?? [];
  return key === undefined ? undefined : { key, value };
}

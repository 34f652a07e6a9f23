/**
 * A test for what the search box says: a regular expression, `(?i)` in front for any case; a text that is none is
 * looked for as it is.
 */
export function searchTest(text: string): ((name: string) => boolean) | undefined {
  if (text === '') return undefined;
  const [, flag = '', pattern = ''] = /^(\(\?i\))?(.*)$/s.exec(text) ?? [];
  try {
    const compiled = new RegExp(pattern, flag === '' ? '' : 'i');
    return (name) => compiled.test(name);
  } catch {
    return (name) => name.includes(text);
  }
}

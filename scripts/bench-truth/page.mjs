import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Puts made text into a page of documentation, between its comments `<!-- NAME -->` and `<!-- end -->`.
 *
 * @param made - what stands there for a name; '' leaves what is there
 */
export function fillPage(page, made) {
  const text = readFileSync(page, 'utf8');
  const filled = text.replace(/^<!-- (\w+) -->\n[\s\S]*?^<!-- end -->$/gm, (known, name) => {
    const tables = made(name);
    return tables === '' ? known : `<!-- ${name} -->\n\n${tables}\n<!-- end -->`;
  });
  writeFileSync(page, filled);
}

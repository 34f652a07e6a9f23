import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Compares a text with a checked-in one. Where they differ, the text is left beside it as `….got`;
 * with UPDATE_GOLDEN=1 in the environment it takes its place.
 *
 * @param path - relative to the project, such as `test/data/cmp/plain.txt`
 */
export function golden(text: string, path: string): void {
  const file = join(root, path);
  const got = `${file}.got`;
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    rmSync(got, { force: true });
    return;
  }
  writeFileSync(got, text);
  assert.equal(text, existsSync(file) ? readFileSync(file, 'utf8') : undefined, `${path}, see ${path}.got`);
}

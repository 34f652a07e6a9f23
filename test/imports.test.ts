import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The table of docs/architecture.md: folder of src/ → folders that it may import. */
function importTable(): Map<string, readonly string[]> {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const rows = text.matchAll(/^\| \d +\| `([\w.]+)\/?` +\|[^|]*\| ([^|]*?) +\|$/gm);
  return new Map([...rows].map(([, folder = '', may = '']) => [folder, may.split(/[,; ]+/)]));
}

function sourceFiles(): string[] {
  const all = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return all.filter((file) => file.endsWith('.ts')).map((file) => file.split(sep).join('/'));
}

/** `profile` for `profile/decode.ts`; the file's own name for files at the top of src/. */
const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : file);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const specifiers = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => {
    const target = posix.join(posix.dirname(file), specifier);
    return target.replace(/\.js$/, '.ts');
  });
}

test('imports: every folder imports only what docs/architecture.md allows', () => {
  const table = importTable();
  assert.ok(table.size > 5, 'the table of docs/architecture.md was not found');
  const wrong: string[] = [];
  for (const file of sourceFiles()) {
    const folder = folderOf(file);
    if (folder === 'index.ts') continue;
    const may = table.get(folder);
    if (may === undefined) wrong.push(`${file}: its folder is not in the table`);
    for (const target of importsOf(file)) {
      const other = folderOf(target);
      const allowed =
        other === folder || other === 'error.ts' || may?.includes(other) || may?.includes('everything');
      if (!allowed) wrong.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('imports: every folder of the table exists', () => {
  const folders = new Set(sourceFiles().map(folderOf));
  const missing = [...importTable().keys()].filter((folder) => !folders.has(folder));
  assert.deepEqual(missing, [], relative(root, 'docs/architecture.md'));
});

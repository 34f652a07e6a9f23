import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkWritable, writeFiles } from '../../src/file/out-files.js';
import { tempFolder } from '../temp-folder.js';

const isWindows = process.platform === 'win32';

/** A folder in which nothing can be written, also by root. */
const sealed = '/proc/self';

test('checkWritable: leaves no trace', (t) => {
  const folder = tempFolder(t, { old: 'text' });
  checkWritable(join(folder, 'new'));
  checkWritable(join(folder, 'old'));
  assert.deepEqual(readdirSync(folder), ['old']);
  assert.equal(readFileSync(join(folder, 'old'), 'utf8'), 'text');
});

test('checkWritable: what cannot be written', (t) => {
  const folder = tempFolder(t, { file: '', 'folder/x': '' });
  const check = (path: string, want: RegExp): void =>
    assert.throws(() => checkWritable(join(folder, path)), { code: 'unwritable', message: want }, path);
  check('none/prof.cpu', /none\/prof\.cpu: no such folder$/);
  check('file/prof.cpu', /file\/prof\.cpu: .*file is not a folder$/);
  check('folder', /folder: is a folder$/);
});

test('checkWritable: a folder that is closed', { skip: isWindows || !lstatOf(sealed) }, () => {
  assert.throws(() => checkWritable(join(sealed, 'prof.cpu')), {
    code: 'unwritable',
    message: /cannot be written: /,
  });
});

test('writeFiles: one that cannot be written does not keep back the others', (t) => {
  const folder = tempFolder(t);
  const path = (name: string): string => join(folder, name);
  const { written, error } = writeFiles([
    { path: path('a'), content: 'A' },
    { path: path('none/b'), content: 'B' },
    { path: path('c'), content: 'C' },
  ]);
  assert.deepEqual(written, [path('a'), path('c')]);
  assert.match(String(error), /none\/b: cannot be written: there is no such folder/);
  assert.deepEqual(contents(folder), { a: 'A', c: 'C' });
});

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

function lstatOf(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkWritable, writeFiles, writeWhole } from '../../src/bench/out-files.js';
import { tempFolder } from '../temp-folder.js';

const isRoot = process.getuid?.() === 0;
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

test('writeWhole: a new file, and one in the place of an old', (t) => {
  const folder = tempFolder(t, { old: 'text' });
  writeWhole(join(folder, 'new'), new Uint8Array([65, 66]));
  writeWhole(join(folder, 'old'), 'other');
  assert.deepEqual(contents(folder), { new: 'AB', old: 'other' });
});

test('writeWhole: through links, into devices', { skip: isWindows }, (t) => {
  const folder = tempFolder(t, { 'real/file': 'text' });
  symlinkSync('real/file', join(folder, 'link'));
  writeWhole(join(folder, 'link'), 'other');
  assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.equal(readFileSync(join(folder, 'real/file'), 'utf8'), 'other');
  symlinkSync('/dev/null', join(folder, 'null'));
  for (const device of ['/dev/null', join(folder, 'null')]) {
    checkWritable(device);
    writeWhole(device, 'text');
  }
  assert.ok(lstatSync('/dev/null').isCharacterDevice());
});

test('writeWhole: where it fails the old file stays and nothing is left', { skip: isWindows }, (t) => {
  const folder = tempFolder(t, { file: 'text' });
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'folder/x'), '');
  assert.throws(() => writeWhole(join(folder, 'folder'), 'text'), { code: 'unwritable' });
  assert.deepEqual(readdirSync(folder).sort(), ['file', 'folder']);
});

test('writeWhole: a full disk', { skip: !lstatOf('/dev/full') }, () => {
  assert.throws(() => writeWhole('/dev/full', 'text'), {
    code: 'unwritable',
    message: '/dev/full: cannot be written: the disk is full',
    hint: 'Choose another folder with `--out-dir DIR`.',
  });
});

test('writeWhole: no permission', { skip: isWindows || isRoot }, (t) => {
  const folder = tempFolder(t);
  mkdirSync(join(folder, 'closed'), { mode: 0o555 });
  assert.throws(() => writeWhole(join(folder, 'closed/x'), ''), /permission denied/);
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
  assert.match(String(error), /none\/b: cannot be written: ENOENT/);
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

import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeWhole } from '../../src/file/write-whole.js';
import { tempFolder } from '../temp-folder.js';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';
const hint = 'Do something else.';

test('writeWhole: a new file, and one in the place of an old', (t) => {
  const folder = tempFolder(t, { old: 'text' });
  writeWhole(join(folder, 'new'), new Uint8Array([65, 66]), { hint });
  writeWhole(join(folder, 'old'), 'other', { hint });
  assert.deepEqual(contents(folder), { new: 'AB', old: 'other' });
});

test('writeWhole: through links, into devices', { skip: isWindows }, (t) => {
  const folder = tempFolder(t, { 'real/file': 'text' });
  symlinkSync('real/file', join(folder, 'link'));
  writeWhole(join(folder, 'link'), 'other', { hint });
  assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.equal(readFileSync(join(folder, 'real/file'), 'utf8'), 'other');
  symlinkSync('/dev/null', join(folder, 'null'));
  for (const device of ['/dev/null', join(folder, 'null')]) {
    writeWhole(device, 'text', { hint });
  }
  assert.ok(lstatSync('/dev/null').isCharacterDevice());
});

test('writeWhole: where it fails the old file stays and nothing is left', { skip: isWindows }, (t) => {
  const folder = tempFolder(t, { file: 'text' });
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'folder/x'), '');
  assert.throws(() => writeWhole(join(folder, 'folder'), 'text', { hint }), {
    code: 'unwritable',
    message: /folder: cannot be written: it is a folder$/,
  });
  assert.deepEqual(readdirSync(folder).sort(), ['file', 'folder']);
});

test('writeWhole: a full disk', { skip: !lstatOf('/dev/full') }, () => {
  assert.throws(() => writeWhole('/dev/full', 'text', { hint, name: 'full' }), {
    code: 'unwritable',
    message: 'full: cannot be written: the disk is full',
    hint,
  });
});

test('writeWhole: no permission', { skip: isWindows || isRoot }, (t) => {
  const folder = tempFolder(t);
  mkdirSync(join(folder, 'closed'), { mode: 0o555 });
  assert.throws(() => writeWhole(join(folder, 'closed/x'), '', { hint }), /permission denied/);
});

test('writeWhole: permissions are those of the old file, or those asked for', { skip: isWindows }, (t) => {
  const folder = tempFolder(t, { old: 'text' });
  const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777;
  chmodSync(join(folder, 'old'), 0o666); // what the usual umask would not leave
  writeWhole(join(folder, 'old'), 'other', { hint, mode: 0o600 });
  writeWhole(join(folder, 'secret'), 'text', { hint, mode: 0o600 });
  assert.deepEqual([modeOf('old'), modeOf('secret')], [0o666, 0o600]);
});

test('writeWhole: no signal is held for longer than it takes', (t) => {
  const folder = tempFolder(t);
  const count = (): number => process.listenerCount('SIGINT');
  const before = count();
  writeWhole(join(folder, 'x'), 'text', { hint });
  assert.throws(() => writeWhole(join(folder, 'none/x'), 'text', { hint }));
  assert.equal(count(), before);
});

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

function lstatOf(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

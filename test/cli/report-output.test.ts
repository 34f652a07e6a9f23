import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../temp-folder.js';
import { runCommand } from './run-command.js';

const profile = fileURLToPath(new URL('../data/reports/cpu.pb.gz', import.meta.url));

test('--output: the report is in the file, nothing on standard output', async (t) => {
  const cwd = tempFolder(t, { old: 'text' });
  const { stdout: want } = await runCommand(['top', profile]);
  for (const file of ['new', 'old']) {
    const { status, stdout, stderr } = await runCommand(['top', `--output=${file}`, profile], { cwd });
    assert.deepEqual([status, stdout, stderr], [0, '', `Generating report in ${file}\n`]);
    assert.equal(readFileSync(join(cwd, file), 'utf8'), want);
  }
  assert.deepEqual(readdirSync(cwd).sort(), ['new', 'old']);
});

test('--output: a file that cannot be written is an error that names it, and leaves nothing', async (t) => {
  const cwd = tempFolder(t, { file: 'text', 'folder/x': '' });
  copyFileSync(profile, join(cwd, 'cpu.pb.gz'));
  const before = readdirSync(cwd);
  const check = async (words: readonly string[], message: string): Promise<void> => {
    await assert.rejects(runCommand([...words, 'cpu.pb.gz'], { cwd }), { code: 'unwritable', message });
  };
  await check(['top', '-o', 'none/x'], 'none/x: cannot be written: there is no such folder');
  await check(['dot', '-o', 'folder'], 'folder: cannot be written: it is a folder');
  await check(['proto', '-o', 'file/x'], 'file/x: cannot be written: it is to be in a file, not in a folder');
  await check(
    ['convert', '--to=folded', '-o', 'none/x'],
    'none/x: cannot be written: there is no such folder',
  );
  if (existsSync('/dev/full'))
    await check(['raw', '-o', '/dev/full'], '/dev/full: cannot be written: the disk is full');
  assert.deepEqual(readdirSync(cwd), before);
  assert.equal(readFileSync(join(cwd, 'file'), 'utf8'), 'text');
});

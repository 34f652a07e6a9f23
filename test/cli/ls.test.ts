import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

test('prof ls: a line for each variant', async (t) => {
  const cwd = tempFolder(t, { 'fixtures/mine/demo.bench.js': '// Does what I want.' });
  const { status, stdout, stderr } = await runProf(['ls'], { cwd });
  assert.deepEqual([status, stderr], [0, '']);
  const lines = stdout.split('\n');
  assert.equal(lines[1], 'mine    Does what I want.');
  assert.equal(lines[5], 'step3   Compiles its regular expression once.');
  assert.equal(lines.length, 12);
});

test('prof ls --json', async (t) => {
  const { status, stdout } = await runProf(['ls', '--json'], { cwd: tempFolder(t) });
  assert.equal(status, 0);
  const summary = 'Compiles its regular expression once.';
  assert.deepEqual(JSON.parse(stdout)[4], { name: 'step3', summary });
});

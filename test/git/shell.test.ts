import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runShell } from '../../src/git/shell.js';
import { tempFolder } from '../temp-folder.js';

const { signal } = new AbortController();

test('runShell: runs in its folder', async (t) => {
  const cwd = tempFolder(t);
  await runShell('echo a > x && echo b >> x', { cwd, signal });
  assert.match(readFileSync(join(cwd, 'x'), 'utf8'), /^a\s+b\s+$/);
});

test('runShell: a line that fails', async (t) => {
  await assert.rejects(runShell('exit 3', { cwd: tempFolder(t), signal }), {
    code: 'failed',
    message: 'exit 3: ended with status 3',
  });
});

test('runShell: ends with its children when it is aborted', async (t) => {
  const controller = new AbortController();
  const run = runShell('node -e "setInterval(() => {}, 1000)"; true', {
    cwd: tempFolder(t),
    signal: controller.signal,
  });
  controller.abort();
  await assert.rejects(run, { code: 'failed', message: /ended with SIGTERM$/ });
  await assert.rejects(runShell('true', { cwd: '.', signal: controller.signal }), { name: 'AbortError' });
});

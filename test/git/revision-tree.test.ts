import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { linkModules } from '../../src/git/link-modules.js';
import { openRevision, pathInTree } from '../../src/git/revision-tree.js';
import { tempFolder } from '../temp-folder.js';
import { repository, writeAll } from './repository.js';

const { signal } = new AbortController();

function worktrees(cwd: string): number {
  return execFileSync('git', ['worktree', 'list'], { cwd, encoding: 'utf8' }).trim().split('\n').length;
}

test('openRevision: the files of a commit, and nothing left of them', async (t) => {
  const top = repository(t, { 'a.js': 'old' }, { 'a.js': 'new', 'b/c.js': '' });
  writeAll(top, { 'a.js': 'not committed', '.git/hooks/post-checkout': '#!/bin/sh\necho ran > hook-ran\n' });
  chmodSync(join(top, '.git/hooks/post-checkout'), 0o755);
  const tree = await openRevision('HEAD~1', { cwd: join(top, 'b'), signal });
  assert.equal(readFileSync(join(tree.folder, 'a.js'), 'utf8'), 'old');
  assert.equal(tree.top, top);
  assert.match(tree.commit, /^[0-9a-f]{4,40}$/);
  assert.deepEqual(readdirSync(tree.folder).sort(), ['.git', 'a.js']);
  await tree.remove();
  assert.equal(existsSync(dirname(tree.folder)), false);
  assert.equal(worktrees(top), 1);
  assert.equal(readFileSync(join(top, 'a.js'), 'utf8'), 'not committed');
  await tree.remove(); // once more is no error
});

test('openRevision: words that name no commit', async (t) => {
  const cwd = repository(t, { 'a.js': '' });
  for (const word of ['HEAD~1', 'nope', '--help', '-n', '', 'HEAD:a.js', '..']) {
    await assert.rejects(openRevision(word, { cwd, signal }), {
      code: 'usage',
      message: `"${word}" names no commit of this repository`,
    });
  }
  assert.equal(worktrees(cwd), 1);
  await assert.rejects(openRevision('HEAD', { cwd: tempFolder(t), signal }), {
    code: 'failed',
    message: /^git: not a git/,
  });
});

test('openRevision: aborted', async (t) => {
  const cwd = repository(t, { 'a.js': '' });
  await assert.rejects(openRevision('HEAD', { cwd, signal: AbortSignal.abort() }));
  assert.equal(worktrees(cwd), 1);
});

test('pathInTree: a path of the repository, none outside', () => {
  const tree = { top: '/r', folder: '/t' };
  const check = (path: string, want: string | undefined): void => assert.equal(pathInTree(tree, path), want);
  check('/r', '/t');
  check('/r/a/b', '/t/a/b');
  check('/', undefined);
  check('/rest/a', undefined);
});

test('linkModules: packages as installed, workspaces as they were', (t) => {
  const files = {
    'app/main.js': '',
    'packages/own/index.js': '',
    'node_modules/dep/index.js': '',
    'node_modules/.package-lock.json': '',
    'node_modules/@scope/dep/index.js': '',
    'app/node_modules/inner/index.js': '',
  };
  const top = tempFolder(t, files);
  symlinkSync('../packages/own', join(top, 'node_modules/own'));
  const folder = tempFolder(t, { 'app/main.js': '', 'packages/own/index.js': '' });
  linkModules({ top, folder }, join(top, 'app'));
  const real = (path: string): string => realpathSync(join(folder, path));
  assert.equal(real('node_modules/dep'), join(top, 'node_modules/dep'));
  assert.equal(real('node_modules/@scope/dep'), join(top, 'node_modules/@scope/dep'));
  assert.equal(real('node_modules/own'), join(folder, 'packages/own'));
  assert.equal(real('app/node_modules/inner'), join(top, 'app/node_modules/inner'));
  assert.deepEqual(readdirSync(join(folder, 'node_modules')).sort(), ['@scope', 'dep', 'own']);
  linkModules({ top, folder }, join(top, 'app')); // what is there stays
});

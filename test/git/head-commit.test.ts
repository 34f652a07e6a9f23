import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { headCommit } from '../../src/git/head-commit.js';
import { tempFolder } from '../temp-folder.js';
import { repository, writeAll } from './repository.js';

const { signal } = new AbortController();

test('headCommit: name and time, and whether files were changed since', async (t) => {
  const cwd = repository(t, { 'a.js': 'old' });
  const [commit = '', seconds] = execFileSync('git', ['log', '-1', '--format=%h %ct'], {
    cwd,
    encoding: 'utf8',
  }).split(' ');
  const time = Number(seconds) * 1000;
  assert.deepEqual(await headCommit({ cwd, signal }), { commit, time });
  writeAll(cwd, { 'new.js': '' }); // what git does not know is not part of the commit
  assert.deepEqual(await headCommit({ cwd, signal }), { commit, time });
  writeAll(cwd, { 'a.js': 'new' });
  assert.deepEqual(await headCommit({ cwd, signal }), { commit: `${commit}+`, time });
});

test('headCommit: no repository, no commit', async (t) => {
  for (const cwd of [tempFolder(t), repository(t)]) {
    await assert.rejects(headCommit({ cwd, signal }), { code: 'failed', message: /^git: / });
  }
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../temp-folder.js';
import { root, runWatched } from './run-watched.js';

const file = join(root, 'test/data/race/accesses.mjs');

/** The rows of the program: name, and the line that it stands on. */
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line, index) => {
    const name = /^ {2}\['([^']+)'/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });

/** Reports that are printed at most, but for a few. */
const groupSize = 18;

for (let first = 0; first < rows.length; first += groupSize) {
  const group = rows.slice(first, first + groupSize);
  const run = (mode: string): ReturnType<typeof runWatched> =>
    runWatched(file, [`${first}`, `${first + groupSize}`, mode]);

  test(`race: seen from ${group[0]?.name} to ${group.at(-1)?.name}`, async () => {
    const { status, text } = await run('race');
    const missed = group.filter(({ line }) => !text.includes(`accesses.mjs:${line}:`));
    assert.deepEqual({ status, missed }, { status: 66, missed: [] }, text);
  });

  test(`race: silent beside them from ${group[0]?.name} to ${group.at(-1)?.name}`, async () => {
    const { status, text } = await run('beside');
    assert.deepEqual({ status, text }, { status: 0, text: '' });
  });
}

test('race: code of packages', async (t) => {
  const folder = tempFolder(t, {
    'node_modules/counter/package.json': '{"name":"counter","exports":"./count.js"}',
    'node_modules/counter/count.js': 'exports.count = (cells) => { cells[0]++; };\n',
    'main.mjs': `
      import { isMainThread, Worker, workerData } from 'node:worker_threads';
      import { count } from 'counter';
      if (!isMainThread) count(workerData);
      else for (const workerData of Array(2).fill(new Int32Array(new SharedArrayBuffer(4))))
        new Worker(new URL(import.meta.url), { workerData });
    `,
  });
  const { status, text } = await runWatched(join(folder, 'main.mjs'));
  assert.equal(status, 66, text);
  assert.match(text, /exports\.count\(\)\n.*node_modules\/counter\/count\.js:1:30\n/);
});

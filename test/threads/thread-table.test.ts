import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ThreadTable } from '../../src/threads/thread-table.js';

test('ThreadTable: who has entered and not left', () => {
  const table = new ThreadTable();
  for (const id of [3, 4, 5]) table.enter(id);
  table.leave(4);
  assert.deepEqual(
    [3, 4, 5].map((id) => table.has(id)),
    [true, false, true],
  );
  assert.equal(table.missing, 2);
  table.waitFor(4, 60_000); // has left: no wait
  table.waitFor(3, 1); // does not leave: gives up
  assert.equal(new ThreadTable(table.memory).missing, 2); // another thread's view
});

test('ThreadTable: more threads than it can wait for', () => {
  const table = new ThreadTable();
  for (let id = 1; id <= 1100; id++) table.enter(id);
  assert.deepEqual([table.has(1024), table.has(1025)], [true, false]);
  for (let id = 1; id <= 1100; id++) table.leave(id);
  assert.equal(table.missing, 0);
  table.enter(2000);
  assert.equal(table.has(2000), true); // its place is free again
});

test('ThreadTable: waits for a thread to leave, blocked or not', async () => {
  for (const way of ['waitFor', 'left'] as const) {
    const table = new ThreadTable();
    table.enter(7);
    const file = new URL('../../dist/threads/thread-table.js', import.meta.url).href;
    const code = `import(${JSON.stringify(file)}).then(({ ThreadTable }) =>
      new ThreadTable(require('node:worker_threads').workerData).leave(7));`;
    const worker = new Worker(code, { eval: true, workerData: table.memory, execArgv: [], env: {} });
    await table[way](7, 60_000);
    assert.equal(table.has(7), false, way);
    await worker.terminate();
  }
});

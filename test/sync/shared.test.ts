import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isProfError } from '../../src/error.js';
import { shared } from '../../src/sync/shared.js';
import { runNode } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Runs `main.mts` beside the other files; what it prints. */
async function runMain(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const { status, stdout, stderr } = await runNode(['main.mts'], { cwd: tempFolder(t, files) });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout.trim();
}

const memory = `import { shared } from 'prof-toolkit/sync';
export const count: Int32Array = new Int32Array(shared('count', 4));
`;

test('shared: one name, one buffer, zero at first', () => {
  const buffer = shared('test: one', 8);
  assert.ok(buffer instanceof SharedArrayBuffer);
  assert.equal(shared('test: one', 8), buffer);
  assert.notEqual(shared('test: two', 8), buffer);
  assert.deepEqual([...new Uint8Array(buffer)], [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('shared: another size is an error that says what to do', () => {
  const check = (byteLength: number, message: string, hint: string): void => {
    assert.throws(
      () => shared('test: size', byteLength),
      (error) =>
        isProfError(error) && error.message === message && error.hint === hint && error.code === 'usage',
    );
  };
  const wholeNumber = 'Give a whole number of bytes, at least 1.';
  check(0, 'shared memory "test: size": 0 is not a size', wholeNumber);
  check(1.5, 'shared memory "test: size": 1.5 is not a size', wholeNumber);
  check(-4, 'shared memory "test: size": -4 is not a size', wholeNumber);
  shared('test: size', 4);
  const same = 'Ask for the same size everywhere, or use another name.';
  check(8, 'shared memory "test: size" has 4 bytes, not 8', same);
});

test('shared: every thread counts in the same memory', async (t) => {
  const worker = `import { Worker, workerData } from 'node:worker_threads';
import { count } from './memory.mjs';
for (let i = 0; i < 1000; i++) Atomics.add(count, 0, 1);
if (workerData > 0) new Worker(new URL(import.meta.url), { workerData: workerData - 1 });
`;
  const main = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { count } from './memory.mjs';
const worker = (depth: number): Worker => new Worker(new URL('./worker.mts', import.meta.url), { workerData: depth });
await Promise.all([worker(0), worker(0), worker(1)].map((each) => once(each, 'exit')));
console.log(count[0]);
`;
  const files = { 'memory.mts': memory, 'worker.mts': worker, 'main.mts': main };
  assert.equal(await runMain(t, files), '4000');
});

test('shared: first used in a worker is an error that says what to do', async (t) => {
  const worker = `import { parentPort } from 'node:worker_threads';
import { shared } from 'prof-toolkit/sync';
try { shared('count', 4) } catch (error) { parentPort?.postMessage([error.code, error.message, error.hint]) }
`;
  const main = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
const early = new Worker(new URL('./worker.mts', import.meta.url));
const [told] = await once(early, 'message');
console.log(told.join('\\n'));
`;
  assert.equal(
    await runMain(t, { 'worker.mts': worker, 'main.mts': main }),
    `usage
shared memory "count" is first used in a worker
Call shared('count', 4) on the main thread before it starts the worker, such as by importing the same module there.`,
  );
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { runNode } from '../../run-child.js';
import { tempFolder } from '../../temp-folder.js';

// Programs whose waits are known. What a wait takes at least is known as well; how much longer it takes is the
// machine's business.

const dist = new URL('../../../dist/capture/', import.meta.url).href;

/** Runs `code` under the profiler; its waits, but for long turns of the event loop, which a busy machine makes: kind, name, innermost line, how many, and whole milliseconds. */
async function waitsOf(t: TestContext, code: string): Promise<Wait[]> {
  const main = `import { BlockProfiler } from '${dist}block/block.js';
import { chargedWaits } from '${dist}block/charged-waits.js';
import { FrameNamer } from '${dist}frames.js';
const profiler = new BlockProfiler(1);
profiler.start();
const alive = setInterval(() => {}, 1000);
const { run } = await import('./program.mjs');
await run();
clearInterval(alive);
const waits = chargedWaits(profiler.stop(), new FrameNamer({ awaitsTimed: true })).map(({ stack, kind, lock, contentions, nanos }) =>
  ({ kind, lock, name: stack.at(-1).name, line: stack.at(-2).line, in: stack.at(-2).name, contentions, millis: nanos / 1e6 }));
console.log(JSON.stringify(waits.filter(({ in: name, kind }) => name !== '' && kind !== 'loop')));
`;
  const cwd = tempFolder(t, { 'main.mjs': main, 'program.mjs': code });
  const { stdout, stderr } = await runNode(['main.mjs'], { cwd, hooks: { awaits: true } });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

interface Wait {
  readonly kind: string;
  readonly lock?: string;
  readonly name: string;
  readonly line: number;
  readonly contentions: number;
  readonly millis: number;
}

/** Checks kind, name, line and number of each wait, and that it is as long as it has to be. */
async function check(
  t: TestContext,
  code: string,
  want: readonly (readonly [string, number])[],
): Promise<void> {
  const waits = await waitsOf(t, code);
  const told = waits.map(({ kind, lock, name, line, contentions }) =>
    [kind, name, `line ${line}`, `${contentions}x`, ...(lock === undefined ? [] : [lock])].join(' '),
  );
  assert.deepEqual(
    told,
    want.map(([text]) => text),
  );
  for (const [i, [text, millis]] of want.entries()) {
    // Timers may fire a millisecond early.
    const least = 0.95 * millis - (waits[i]?.contentions ?? 0);
    assert.ok((waits[i]?.millis ?? 0) >= least, `${text}: ${waits[i]?.millis} ms`);
  }
}

test('BlockProfiler: three lines that wait, each its own time', async (t) => {
  const code = `import { execFileSync } from 'node:child_process';
const cell = new Int32Array(new SharedArrayBuffer(4));
export async function run() {
  for (let i = 0; i < 20; i++) {
    Atomics.wait(cell, 0, 0, 5);
    await new Promise((resolve) => setTimeout(resolve, 3));
    execFileSync(process.execPath, ['--version']);
  }
}`;
  await check(t, code, [
    ['atomics Atomics.wait line 5 20x', 100],
    ['await (await) line 6 20x', 60],
    ['sync child_process.execFileSync line 7 20x', 20],
  ]);
});

test('BlockProfiler: what an await is for', async (t) => {
  const code = `import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
const cell = new Int32Array(new SharedArrayBuffer(4));
export async function run() {
  for (let i = 0; i < 3; i++) {
    await sleep(4);
    await readFile(new URL(import.meta.url));
    await Atomics.waitAsync(cell, 0, 0, 2).value;
    await Atomics.wait(cell, 0, 1); // not equal: no wait, and none for what is there
  }
}`;
  await check(t, code, [
    ['timer timers.setTimeout line 6 3x', 12],
    ['io fs.readFile line 7 3x', 0],
    ['atomics Atomics.waitAsync line 8 3x', 6],
  ]);
});

test('BlockProfiler: an await is charged where the waiting is', async (t) => {
  const code = `const sleep = () => new Promise((resolve) => setTimeout(resolve, 20));
async function inner() {
  await sleep();
}
const middle = async () =>
  await inner();
export async function run() {
  await middle();
  await Promise.all([inner(), inner()]);
}`;
  const waits = await waitsOf(t, code);
  const lines = waits.map(({ line, contentions }) => `${line} ${contentions}x`);
  assert.deepEqual(lines.slice(0, 1), ['3 1x']);
  assert.equal(
    waits.reduce((sum, { contentions }) => sum + contentions, 0),
    3 + (lines.includes('9 1x') ? 1 : 0),
  );
  assert.ok(!lines.some((line) => /^[68] /.test(line)), lines.join());
});

test('BlockProfiler: locks, by the line that waits and the name of their memory', async (t) => {
  const code = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Mutex, shared } from 'prof-toolkit/sync';
const mutex = new Mutex(shared('table', Mutex.bytes));
const text = \`const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(({ Mutex, shared }) => {
  const mutex = new Mutex(shared('table', Mutex.bytes));
  mutex.lock();
  parentPort.postMessage('locked');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
  mutex.unlock();
})\`;
export async function run() {
  const worker = new Worker(text, { eval: true, workerData: import.meta.resolve('prof-toolkit/sync') });
  await once(worker, 'message');
  guarded();
  await once(worker, 'exit');
}
function guarded() {
  mutex.lock();
  mutex.unlock();
}`;
  const waits = (await waitsOf(t, code)).filter(({ kind }) => kind !== 'await');
  const told = waits.map(({ kind, name, line, lock, contentions }) => [kind, name, line, lock, contentions]);
  assert.deepEqual(told, [['lock', 'Mutex.lock', 20, 'table', 1]]);
});

test('BlockProfiler: spinning, and round trips to a worker', async (t) => {
  const code = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
const cells = new Int32Array(new SharedArrayBuffer(8));
const text = \`const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', (message) => {
  if (message === 'hold') {
    Atomics.store(workerData, 0, 1);
    parentPort.postMessage('held');
    while (Atomics.load(workerData, 1) === 0);
    const end = performance.now() + 5;
    while (performance.now() < end);
    Atomics.store(workerData, 0, 0);
  } else parentPort.postMessage(message);
})\`;
function spin() {
  while (Atomics.compareExchange(cells, 0, 0, 1) !== 0) Atomics.store(cells, 1, 1);
}
export async function run() {
  const worker = new Worker(text, { eval: true, workerData: cells });
  worker.postMessage('hold');
  while (Atomics.load(cells, 0) === 0);
  spin();
  await once(worker, 'message');
  for (let i = 0; i < 4; i++) {
    worker.postMessage(i);
    await once(worker, 'message');
  }
  await worker.terminate();
}`;
  const waits = (await waitsOf(t, code)).filter(({ kind }) => kind !== 'await');
  const told = waits.map(({ kind, name, line, contentions }) => [kind, name, line, contentions]);
  assert.deepEqual(told, [
    ['spin', 'Atomics.compareExchange', 16, 1],
    ['message', 'Worker.postMessage', 20, 1],
    ['message', 'Worker.postMessage', 25, 4],
  ]);
});

test('BlockProfiler: puts everything back', async (t) => {
  const code = `import fs, { readFileSync } from 'node:fs';
import { BlockProfiler } from '${dist}block/block.js';
const before = [Atomics.wait, Atomics.compareExchange, fs.readFileSync, readFileSync, globalThis.fetch];
export async function run() {
  const inner = new BlockProfiler(1);
  inner.start();
  const watched = Atomics.wait !== before[0] && readFileSync.name === 'readFileSync' && Atomics.wait.length === 4;
  inner.stop();
  const after = [Atomics.wait, Atomics.compareExchange, fs.readFileSync, readFileSync, globalThis.fetch];
  if (!watched || after.some((each, i) => each !== before[i])) throw new Error('not put back');
}`;
  assert.deepEqual(await waitsOf(t, code), []);
});

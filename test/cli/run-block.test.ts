import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSync } from 'esbuild';
import { decodeProfile } from '../../src/profile/decode.js';
import { sampleLines } from '../profile/sample-lines.js';
import { runProfRun } from '../run/run-program.js';
import { tempFolder } from '../temp-folder.js';

// A program that waits in every way, from a line each, and measures each wait itself, from outside: what the profile
// says cannot be more than that, and not less than what was to be waited.

const program = `import { execFileSync } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex, Semaphore, shared } from 'prof-toolkit/sync';

const cells = new Int32Array(shared('cells', 8));
const mutex = new Mutex(shared('mutex', Mutex.bytes));
const semaphore = new Semaphore(1, shared('semaphore', Semaphore.bytes));
const measured = {};
function note(name, start) {
  const one = (measured[name] ??= { count: 0, millis: 0 });
  one.count++;
  one.millis += performance.now() - start;
}
/** Starts what holds something for a while, and waits until it does. */
function held(worker, what) {
  Atomics.store(cells, 1, 0);
  worker.postMessage(what);
  while (Atomics.load(cells, 1) === 0);
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 3));
const fail = () => new Promise((_, reject) => setTimeout(() => reject(new Error('expected')), 3));
function busy(millis) {
  const end = performance.now() + millis;
  while (performance.now() < end);
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

const worker = new Worker(new URL('./worker.mjs', import.meta.url));
const echo = new Worker(new URL('./worker.mjs', import.meta.url));
await Promise.all([once(worker, 'message'), once(echo, 'message')]);
for (let i = 0; i < 5; i++) {
  let start = performance.now();
  Atomics.wait(cells, 0, 0, 5); // atomics
  note('atomics', start);
  start = performance.now();
  await Atomics.waitAsync(cells, 0, 0, 5).value; // waitAsync
  note('waitAsync', start);
  start = performance.now();
  await settle(); // await
  note('await', start);
  start = performance.now();
  try {
    await fail(); // rejected
  } catch {}
  note('rejected', start);
  start = performance.now();
  await sleep(5); // timer
  note('timer', start);
  start = performance.now();
  await readFile(new URL(import.meta.url)); // io
  note('io', start);
  start = performance.now();
  execFileSync(process.execPath, ['--version']); // sync
  note('sync', start);
  held(worker, 'spin');
  start = performance.now();
  while (Atomics.compareExchange(cells, 0, 0, 1) !== 0); // spin
  note('spin', start);
  Atomics.store(cells, 0, 0);
  held(worker, 'mutex');
  start = performance.now();
  mutex.lock(); // lock
  note('lock', start);
  mutex.unlock();
  held(worker, 'semaphore');
  start = performance.now();
  await semaphore.acquireAsync(); // lockAsync
  note('lockAsync', start);
  semaphore.release();
  start = performance.now();
  echo.postMessage('echo'); // message
  await once(echo, 'message');
  note('message', start);
  await turn();
  await turn();
  start = performance.now();
  busy(60); // loop
  note('loop', start);
  await turn();
  await turn();
}
await Promise.all([worker.terminate(), echo.terminate()]);
console.log(JSON.stringify(measured));
`;

const worker = `import { parentPort } from 'node:worker_threads';
import { Mutex, Semaphore, shared } from 'prof-toolkit/sync';
const cells = new Int32Array(shared('cells', 8));
const mutex = new Mutex(shared('mutex', Mutex.bytes));
const semaphore = new Semaphore(1, shared('semaphore', Semaphore.bytes));
const idle = new Int32Array(new SharedArrayBuffer(4));
const hold = () => {
  Atomics.store(cells, 1, 1);
  Atomics.wait(idle, 0, 0, 100);
};
parentPort.on('message', (what) => {
  if (what === 'echo') parentPort.postMessage('echo');
  if (what === 'spin') {
    Atomics.store(cells, 0, 1);
    hold();
    Atomics.store(cells, 0, 0);
  }
  if (what === 'mutex') {
    mutex.lock();
    hold();
    mutex.unlock(); // holder
  }
  if (what === 'semaphore') {
    semaphore.acquire();
    hold();
    semaphore.release(); // holder
  }
});
parentPort.postMessage('ready');
`;

/** Line 1-based on which a comment ends the line. */
function lineOf(code: string, comment: string): number {
  return code.split('\n').findIndex((line) => line.endsWith(`// ${comment}`)) + 1;
}

interface Waits {
  readonly count: number;
  readonly millis: number;
}

/** The waits of a profile whose stack goes through a line, by kind. */
function waitsAt(path: string, place: string, kind: string): Waits {
  const lines = sampleLines(decodeProfile(readFileSync(path), path)).filter(
    ({ stack, labels }) => labels['kind'] === kind && stack.some((frame) => frame.includes(place)),
  );
  return {
    count: lines.reduce((sum, { values }) => sum + (values[0] ?? 0), 0),
    millis: lines.reduce((sum, { values }) => sum + (values[1] ?? 0), 0) / 1e6,
  };
}

test('prof run: --blockprofile and --mutexprofile tell each wait, where it was and for how long', async (t) => {
  const cwd = tempFolder(t, { 'program.mjs': program, 'worker.mjs': worker });
  const options = ['--blockprofile=b.out', '--mutexprofile=m.out'];
  const { status, stdout, stderr } = await runProfRun([...options, 'program.mjs'], { cwd });
  assert.equal(stderr, 'prof: wrote b.out, m.out\n');
  assert.equal(status, 0);
  const measured: Readonly<Record<string, Waits>> = JSON.parse(stdout);
  const block = join(cwd, 'b.out');
  /** @param least - milliseconds that each wait takes at least; timers may fire one early */
  const check = (name: string, kind: string, least: number): void => {
    const { count = 0, millis = 0 } = measured[name] ?? {};
    const told = waitsAt(block, `program.mjs:${lineOf(program, name)}/`, kind);
    assert.equal(told.count, count, name);
    assert.ok(
      told.millis <= millis && told.millis >= count * (least - 1),
      `${name}: ${told.millis} of ${millis}`,
    );
  };
  check('atomics', 'atomics', 5);
  check('waitAsync', 'atomics', 5);
  check('await', 'await', 3);
  check('rejected', 'await', 3);
  check('timer', 'timer', 5);
  check('io', 'io', 0);
  check('sync', 'sync', 2);
  check('spin', 'spin', 1);
  check('lock', 'lock', 1);
  check('lockAsync', 'lock', 1);
  check('message', 'message', 0);
  // Who held the locks: the worker, for as long as the main thread waited.
  const holders = ['mutex.unlock', 'semaphore.release'].map((call) => {
    const line = worker.split('\n').findIndex((text) => text.includes(call)) + 1;
    return waitsAt(join(cwd, 'm.out'), `worker.mjs:${line}/`, 'lock');
  });
  for (const [i, name] of ['lock', 'lockAsync'].entries()) {
    const { count = 0, millis = 0 } = measured[name] ?? {};
    assert.equal(holders[i]?.count, count, name);
    assert.ok(
      (holders[i]?.millis ?? 0) <= millis && (holders[i]?.millis ?? 0) > 0,
      `${name}: ${holders[i]?.millis} of ${millis}`,
    );
  }
});

test('prof run: --blockprofile finds turns of the event loop that are long', async (t) => {
  const cwd = tempFolder(t, { 'program.mjs': program, 'worker.mjs': worker });
  const { stdout, stderr } = await runProfRun(['--blockprofile=b.out', 'program.mjs'], { cwd });
  assert.equal(stderr, 'prof: wrote b.out\n');
  const { count = 0, millis = 0 } = (JSON.parse(stdout) as Readonly<Record<string, Waits>>)['loop'] ?? {};
  const told = waitsAt(join(cwd, 'b.out'), 'busy@', 'loop');
  assert.equal(told.count, count);
  assert.ok(told.millis >= 0.8 * 60 * count, `${told.millis} of ${millis}`);
});

const bundled = `import { setTimeout as sleep } from 'node:timers/promises';
const idle = new Int32Array(new SharedArrayBuffer(4));
async function serve(): Promise<void> {
  await sleep(1);
  await sleep(5); // timer
  Atomics.wait(idle, 0, 0, 1);
  Atomics.wait(idle, 0, 0, 5); // atomics
}
for (let i = 0; i < 3; i++) await serve(); // caller
`;

test('prof run: --blockprofile of a bundle of one line has the lines of its sources', async (t) => {
  const cwd = tempFolder(t, { 'src/serve.ts': bundled });
  buildSync({
    entryPoints: [join(cwd, 'src/serve.ts')],
    ...{ bundle: true, minify: true, sourcemap: 'linked', format: 'esm', platform: 'node' },
    outfile: join(cwd, 'out.mjs'),
    absWorkingDir: cwd,
  });
  const { stderr } = await runProfRun(['--blockprofile=b.out', 'out.mjs'], { cwd });
  assert.equal(stderr, 'prof: wrote b.out\n');
  for (const [kind, name] of [
    ['timer', 'timer'],
    ['atomics', 'atomics'],
    ['await', 'caller'],
  ] as const) {
    const { count, millis } = waitsAt(join(cwd, 'b.out'), `serve.ts:${lineOf(bundled, name)}/`, kind);
    assert.equal(count, 3, name);
    assert.ok(millis >= 3 * 4, `${name}: ${millis}`);
  }
});

test('prof run: what does not go together with --blockprofile', async (t) => {
  const cwd = tempFolder(t, { 'a.cjs': '' });
  const check = async (words: readonly string[], message: RegExp): Promise<void> => {
    const { status, stderr } = await runProfRun([...words, 'a.cjs'], { cwd });
    assert.equal(status, 2);
    assert.match(stderr, message);
  };
  await check(['--blockprofilerate=5'], /^prof: run: a block profile has no file to go to\n/);
  await check(['--blockprofile=b', '--race'], /^prof: conflicting options: --race and --blockprofile\n/);
  await check(['--blockprofile=b', '--mutexprofile=b'], /would be written twice/);
});

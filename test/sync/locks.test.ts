import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { isProfError } from '../../src/error.js';
import { Mutex, Once, RWMutex, Semaphore, WaitGroup } from '../../src/sync/index.js';
import { runNode } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Ten million operations at the desk (`PROF_STRESS=full`), fewer elsewhere. */
const operations = process.env['PROF_STRESS'] === 'full' ? 10_000_000 : 400_000;

/** Whether this system tells which threads live. */
const knowsThreads = existsSync('/proc/thread-self');

function misuses(call: () => unknown, message: string): void {
  assert.throws(call, (error) => isProfError(error) && error.code === 'usage' && error.message === message);
}

test('locks: misuse is told', async () => {
  const mutex = new Mutex();
  misuses(() => mutex.unlock(), 'mutex: unlock of an unlocked mutex');
  mutex.lock();
  assert.equal(mutex.tryLock(), false);
  misuses(() => mutex.lock(), 'mutex: this thread holds the lock and would wait for itself');
  mutex.unlock();
  const rw = new RWMutex();
  misuses(() => rw.unlock(), 'rwmutex: unlock of a lock that this thread does not hold');
  misuses(() => rw.unlockRead(), 'rwmutex: unlockRead of a lock that this thread does not read by');
  rw.lockRead();
  misuses(() => rw.lock(), 'rwmutex: this thread holds the lock and would wait for itself');
  rw.unlockRead();
  rw.lock();
  misuses(() => rw.lockRead(), 'rwmutex: this thread holds the lock and would wait for itself');
  rw.unlock();
  misuses(() => new Semaphore(0), 'semaphore: 0 is no limit');
  misuses(() => new Semaphore(1).release(), 'semaphore: release of a permit that nobody has');
  misuses(() => new WaitGroup().done(), 'wait group: -1 left to wait for');
  misuses(() => new WaitGroup().add(0.5), 'wait group: 0.5 is no count');
  const once = new Once();
  misuses(() => once.do(() => once.do(() => {})), 'once: called by what it runs');
  misuses(() => new Mutex(new SharedArrayBuffer(8)), 'a lock of 16 bytes at 0 is not in memory of 8 bytes');
  misuses(
    () => new Mutex(new SharedArrayBuffer(64), 4),
    'a lock of 16 bytes at 4 is not in memory of 64 bytes',
  );
});

test('locks: what is thrown inside unlocks', async () => {
  const mutex = new Mutex();
  const fail = (): never => {
    throw new Error('inside');
  };
  assert.throws(() => mutex.run(fail), /inside/);
  await assert.rejects(mutex.runAsync(fail), /inside/);
  assert.equal(mutex.isHeldHere(), false);
  const once = new Once();
  assert.throws(() => once.do(fail), /inside/);
  assert.equal(once.isDone(), true); // as in Go
});

test('locks: async functions of one thread exclude each other', async () => {
  const mutex = new Mutex();
  const semaphore = new Semaphore(2);
  const rw = new RWMutex();
  let inside = 0;
  let most = 0;
  const turn = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside--;
  };
  const five = async (body: () => Promise<void>): Promise<number> => {
    most = 0;
    await Promise.all([1, 2, 3, 4, 5].map(body));
    return most;
  };
  assert.equal(await five(() => mutex.runAsync(turn)), 1);
  const withPermit = async (): Promise<void> => {
    await semaphore.acquireAsync();
    await turn();
    semaphore.release();
  };
  assert.equal(await five(withPermit), 2);
  const writing = async (): Promise<void> => {
    await rw.lockAsync();
    await turn();
    rw.unlock();
  };
  assert.equal(await five(writing), 1);
  const reading = async (): Promise<void> => {
    await rw.lockReadAsync();
    await turn();
    rw.unlockRead();
  };
  assert.equal(await five(reading), 5);
});

test('WaitGroup and Once: the async forms wait', async () => {
  const group = new WaitGroup();
  const once = new Once();
  const seen: string[] = [];
  group.add(2);
  const work = async (name: string): Promise<void> => {
    await once.doAsync(async () => {
      await new Promise(setImmediate);
      seen.push('once');
    });
    seen.push(name);
    group.done();
  };
  void work('a');
  void work('b');
  await group.waitAsync();
  assert.deepEqual(seen, ['once', 'a', 'b']);
});

/** Runs `main.mts`, whose workers import `worker.mts`; its output, and nothing on standard error. */
async function runThreads(
  t: Parameters<typeof tempFolder>[0],
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const { status, stdout, stderr } = await runNode(['main.mts'], { cwd: tempFolder(t, files) });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout.trim();
}

const stressWorker = `import { workerData } from 'node:worker_threads';
import { Mutex, RWMutex, Semaphore, shared } from 'prof-toolkit/sync';
const counts = new Float64Array(shared('counts', 24));
const mutex = new Mutex(shared('mutex', Mutex.bytes));
const rw = new RWMutex(shared('rw', RWMutex.bytes));
const semaphore = new Semaphore(1, shared('semaphore', Semaphore.bytes));
const add = (i: number): void => { counts[i] = (counts[i] ?? 0) + 1; };
for (let i = 0; i < workerData.operations; i++) {
  mutex.lock(); add(0); mutex.unlock();
  if (i % 8 === 0) { semaphore.acquire(); add(1); semaphore.release(); }
  if (i % 16 === 0) { rw.lock(); add(2); rw.unlock(); }
  else if (i % 4 === 0) { rw.lockRead(); rw.unlockRead(); }
}
`;
const stressMain = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Mutex, RWMutex, Semaphore, shared } from 'prof-toolkit/sync';
const counts = new Float64Array(shared('counts', 24));
shared('mutex', Mutex.bytes); shared('rw', RWMutex.bytes); shared('semaphore', Semaphore.bytes);
const start = (): Worker => new Worker(new URL('./worker.mts', import.meta.url), { workerData: { operations: ${operations / 4} } });
await Promise.all([1, 2, 3, 4].map(() => once(start(), 'exit')));
console.log([...counts].join(' '));
`;

test('locks: nothing is lost by four threads', async (t) => {
  const printed = await runThreads(t, { 'main.mts': stressMain, 'worker.mts': stressWorker });
  assert.equal(printed, [operations, operations / 8, operations / 16].join(' '));
});

const dyingWorker = `import { parentPort, workerData } from 'node:worker_threads';
import { Mutex, Once, RWMutex, shared } from 'prof-toolkit/sync';
const mutex = new Mutex(shared('mutex', Mutex.bytes));
const rw = new RWMutex(shared('rw', RWMutex.bytes));
const reading = new RWMutex(shared('reading', RWMutex.bytes));
const once = new Once(shared('once', Once.bytes));
mutex.lock();
rw.lock();
reading.lockRead();
once.do(() => {
  parentPort?.postMessage('holds all');
  if (workerData === 'process.exit') process.exit();
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;
const dyingMain = `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Mutex, Once, RWMutex, shared } from 'prof-toolkit/sync';
const mutex = new Mutex(shared('mutex', Mutex.bytes));
const rw = new RWMutex(shared('rw', RWMutex.bytes));
const reading = new RWMutex(shared('reading', RWMutex.bytes));
const oncer = new Once(shared('once', Once.bytes));
const worker = new Worker(new URL('./worker.mts', import.meta.url), { workerData: process.argv[2] });
const { threadId } = worker;
await once(worker, 'message');
const ended = once(worker, 'exit');
if (process.argv[2] === 'terminate') void worker.terminate();
await ended;
const told = async (lock: () => unknown): Promise<void> => {
  try { await lock(); console.log('locked'); } catch (error) { console.log(error.message.replace(/worker \\d+/, (who) => (who === 'worker ' + threadId ? 'the worker' : who))); }
};
await told(() => mutex.lock());
await told(() => mutex.lock());
await told(() => mutex.lockAsync());
await told(() => rw.lock());
await told(() => rw.lockRead());
await told(() => reading.lock());
await told(() => reading.lock());
await told(() => oncer.do(() => {}));
`;
const dyingReport = `mutex: the worker ended while it held the lock
mutex: the worker ended while it held the lock
mutex: the worker ended while it held the lock
mutex: the worker ended while it held the lock
mutex: the worker ended while it held the lock
rwmutex: the worker ended while it held the lock
locked
once: the worker ended while it held the lock`;

for (const how of ['terminate', 'process.exit']) {
  test(`locks: a worker that ended by ${how} is told`, { skip: !knowsThreads }, async (t) => {
    const cwd = tempFolder(t, { 'main.mts': dyingMain, 'worker.mts': dyingWorker });
    const { status, stdout, stderr } = await runNode(['main.mts', how], { cwd });
    assert.equal(stderr, '');
    assert.equal(stdout.trim(), dyingReport);
    assert.equal(status, 0);
  });
}

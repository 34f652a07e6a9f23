// Waits in every way that a block profile knows, twenty times each, from a function each; prints the milliseconds that
// each kind took.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Mutex } from '../../dist/sync/index.js';

const now = performance.now.bind(performance);
const memory = isMainThread
  ? { cells: new SharedArrayBuffer(12), mutex: new SharedArrayBuffer(Mutex.bytes) }
  : workerData;
/** To wait on in vain; whether the worker has what the main thread is to wait for; a lock to spin on. */
const cells = new Int32Array(memory.cells);
const mutex = new Mutex(memory.mutex);
const measured = {};

function note(kind, start) {
  measured[kind] = (measured[kind] ?? 0) + now() - start;
}

/** The worker: holds what it is told to for 30 ms, or answers after them. */
function serve() {
  const hold = () => {
    Atomics.store(cells, 1, 1);
    Atomics.wait(cells, 0, 0, 30);
  };
  parentPort.on('message', (what) => {
    if (what === 'spin') {
      Atomics.store(cells, 2, 1);
      hold();
      Atomics.store(cells, 2, 0);
    } else if (what === 'lock') mutex.run(hold);
    else setTimeout(() => parentPort.postMessage('answer'), 30);
  });
  parentPort.postMessage('ready');
}

/** Waits until the worker holds something. */
function held(worker, what) {
  Atomics.store(cells, 1, 0);
  worker.postMessage(what);
  while (Atomics.load(cells, 1) === 0);
}

const waits = {
  atomics: function atomicsWait() {
    Atomics.wait(cells, 0, 0, 50);
  },
  timer: async function timerWait() {
    await sleep(30);
  },
  sync: function syncWait() {
    execFileSync('sleep', ['0.02']);
  },
  await: async function awaitWait() {
    await new Promise((resolve) => setTimeout(resolve, 30));
  },
  io: async function ioWait({ file }) {
    await readFile(file);
  },
  spin: function spinWait() {
    while (Atomics.compareExchange(cells, 2, 0, 1) !== 0);
  },
  lock: function lockWait() {
    mutex.lock();
  },
  message: async function messageWait({ answerer }) {
    answerer.postMessage('question');
    await once(answerer, 'message');
  },
  // Without garbage, whose collection V8 tells of as nobody's.
  loop: function loopWait() {
    const end = now() + 40;
    let x = 1;
    while (now() < end) for (let i = 0; i < 1e5; i++) x = (x * 31) | 0;
    return x;
  },
};

async function startWorker() {
  const worker = new Worker(new URL(import.meta.url), { workerData: memory });
  await once(worker, 'message');
  return worker;
}

async function waitInTurn() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-block-'));
  const file = join(folder, 'file');
  writeFileSync(file, Buffer.alloc(5e7));
  // What tells a worker to hold something is a question that is never answered: another one answers.
  const [holder, answerer] = await Promise.all([startWorker(), startWorker()]);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (let i = 0; i < 20; i++)
    for (const [kind, wait] of Object.entries(waits)) {
      if (kind === 'spin' || kind === 'lock') held(holder, kind);
      await turn();
      const start = now();
      await wait({ file, answerer });
      note(kind, start);
      if (kind === 'spin') Atomics.store(cells, 2, 0);
      if (kind === 'lock') mutex.unlock();
      await turn();
    }
  await Promise.all([holder.terminate(), answerer.terminate()]);
  rmSync(folder, { recursive: true });
  console.log(JSON.stringify(measured));
}

if (isMainThread) await waitInTurn();
else serve();

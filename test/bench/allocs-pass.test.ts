import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { allocsPass } from '../../src/bench/allocs-pass.js';
import type { TimerWatcher } from '../../src/bench/batch.js';
import { heapWatcher, readOnce } from '../../src/bench/heap-reader.js';
import { warmOperations } from '../../src/bench/warm-operations.js';
import { fakeOperations } from './fake-operations.js';

// One of the pass's own flags: else V8 allocates several objects as one.
setFlagsFromString('--no-turbo-allocation-folding');

// Instances of classes take the same before and after their code is optimised, literals do not.
class Small {
  readonly a: unknown;
  readonly b = 1;
  constructor(a: unknown) {
    this.a = a;
  }
}

class Large extends Small {
  readonly c = 2;
  readonly d = 3;
}

let sink: unknown;

type Run = (n: number, watcher: TimerWatcher | undefined) => void;

/** What is counted, when it has settled. */
async function counted(run: Run): Promise<readonly [objects: number, bytes: number]> {
  const facts = {
    path: ['BenchmarkX'],
    iterations: 20_000,
    nanosPerOp: 1000,
    objectsPerOp: 0,
    bytesPerOp: 0,
    threads: 1,
  };
  const { objects, bytes, steady, warmed } = await allocsPass(fakeOperations(run), facts);
  assert.deepEqual([steady, warmed], [true, 50_000]);
  return [objects, bytes];
}

async function check(want: readonly [objects: number, bytes: number], run: Run): Promise<void> {
  assert.deepEqual(await counted(run), want);
}

test('allocsPass: nothing', async () => {
  await check([0, 0], () => {});
});

test('allocsPass: what each operation allocates, not what a call does once', async () => {
  await check([1, 40], (n) => {
    sink = new Small(new Large(sink));
    for (let i = 0; i < n; i++) sink = new Small(i);
  });
});

test('allocsPass: not what is allocated while the timer stands', async () => {
  await check([1, 40], (n, watcher) => {
    for (let i = 0; i < n; i++) {
      watcher?.stopped();
      sink = new Large(i);
      watcher?.started();
      sink = new Small(i);
    }
  });
});

test('allocsPass: not what is allocated before the timer is reset', async () => {
  await check([1, 40], (n, watcher) => {
    for (let i = 0; i < n; i++) sink = new Large(i);
    watcher?.reset();
    for (let i = 0; i < n; i++) sink = new Small(i);
  });
});

test('allocsPass: array buffers as well, and as little of them as of the heap', async () => {
  const [objects, bytes] = await counted((n, watcher) => {
    sink = Array.from({ length: n }, () => new Uint8Array(1000));
    watcher?.reset();
    for (let i = 0; i < n; i++) {
      watcher?.stopped();
      sink = new Uint8Array(3000);
      watcher?.started();
      sink = new Uint8Array(20_000);
    }
  });
  assert.equal(objects, 2);
  assert.ok(bytes > 20_100 && bytes < 20_300, `${bytes} bytes`);
});

test('readOnce: all that a call of one operation allocates, and little else', async () => {
  const fake = fakeOperations((n) => {
    sink = Array.from({ length: 1000 * n }, (_, i) => new Small(i));
  });
  fake.watch(heapWatcher);
  await warmOperations(fake, 1000, 1e5);
  const { objects, bytes } = await readOnce(fake);
  assert.ok(objects >= 1001 && objects < 1100, `${objects} objects`);
  assert.ok(bytes >= 48_000 && bytes < 80_000, `${bytes} bytes`);
  assert.ok(Array.isArray(sink));
});

test('allocsPass: not what V8 only reserves while it is profiled', async () => {
  // 104 bytes of the array, 72 of its 50 elements, and 80 of a buffer that has none of its own; 16 more from V8 12 on.
  const [objects, bytes] = await counted((n) => {
    for (let i = 0; i < n; i++) sink = new Uint8Array(50);
  });
  assert.deepEqual([objects, bytes], [3, Number(process.versions.v8.split('.')[0]) < 13 ? 256 : 272]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExternalReading, readExternal } from '../../src/bench/external-reader.js';
import { collectGarbage } from '../../src/bench/garbage.js';
import type { Stretch } from '../../src/bench/heap-reader.js';
import type { Operations } from '../../src/bench/operations.js';
import { fakeOperations } from './fake-operations.js';

const stretch: Stretch = { size: 20, calls: 4 };
/** What was read, without the heap. */
async function readOutside(benchmark: Operations): Promise<Omit<ExternalReading, 'heapBytes'>> {
  const { bytes, isWhole } = await readExternal(benchmark, stretch);
  return { bytes, isWhole };
}

let kept: unknown[] = [];
const ring: unknown[] = new Array(64).fill(undefined);

test('readExternal: bytes of array buffers, whoever keeps them', async () => {
  const check = async (want: number, run: (n: number) => void): Promise<void> => {
    const read = await readOutside(fakeOperations(run));
    assert.deepEqual(read, { bytes: want, isWhole: true }, `${run}`);
  };
  // Nobody keeps them.
  await check(5000, (n) => {
    for (let i = 0; i < n; i++) kept = [new Uint8Array(5000)];
  });
  // The last 64 are kept, from one call to the next.
  await check(5000, (n) => {
    for (let i = 0; i < n; i++) ring[i % 64] = new Uint8Array(5000);
  });
  // Those of a call are kept until the next.
  await check(5000, (n) => {
    kept = Array.from({ length: n }, () => new Uint8Array(5000));
  });
  // All are kept.
  const all: unknown[] = [];
  await check(5000, (n) => {
    for (let i = 0; i < n; i++) all.push(new Uint8Array(5000));
  });
  assert.ok(kept.length > 0 && all.length > 0);
});

test('readExternal: none', async () => {
  const fake = fakeOperations(() => {});
  assert.deepEqual(await readOutside(fake), { bytes: 0, isWhole: true });
});

test('readExternal: not while the timer stands, or before it is reset', async () => {
  const stopping = fakeOperations((n, watcher) => {
    for (let i = 0; i < n; i++) {
      watcher?.stopped();
      kept = [new Uint8Array(3000)];
      watcher?.started();
      kept = [new Uint8Array(500)];
    }
  });
  assert.deepEqual(await readOutside(stopping), { bytes: 500, isWhole: true });
  const resetting = fakeOperations((n, watcher) => {
    kept = Array.from({ length: n }, () => new Uint8Array(3000));
    watcher?.reset();
    for (let i = 0; i < n; i++) kept[i] = new Uint8Array(500);
  });
  assert.deepEqual(await readOutside(resetting), { bytes: 500, isWhole: true });
});

test('readExternal: a stretch with a collection in it is run again, and shorter', async () => {
  const fake = fakeOperations((n) => {
    kept = Array.from({ length: n }, () => new Uint8Array(1000));
    if (n > 12) collectGarbage();
  });
  assert.deepEqual(await readOutside(fake), { bytes: 1000, isWhole: true });
  assert.deepEqual([...new Set(fake.calls)], [20, 60, 10, 30, 5, 15, 2, 6]);
});

test('readExternal: where a few operations collect, off a single one', async () => {
  const fake = fakeOperations((n) => {
    kept = Array.from({ length: n }, () => new Uint8Array(1000));
    if (n > 2) collectGarbage();
  });
  assert.deepEqual(await readOutside(fake), { bytes: 1000, isWhole: true });
  assert.equal(fake.calls.at(-1), 1);
});

test('readExternal: where every call collects', async () => {
  const fake = fakeOperations(() => {
    kept = [new Uint8Array(1000)];
    collectGarbage();
  });
  assert.equal((await readExternal(fake, stretch)).isWhole, false);
});

test('readExternal: by how much the heap grows while the timer runs', async () => {
  const fake = fakeOperations((n, watcher) => {
    watcher?.stopped();
    kept = new Array(n).fill(undefined);
    watcher?.started();
    for (let i = 0; i < n; i++) kept[i] = new Array(100).fill(i);
  });
  // Cold code takes memory itself.
  for (let i = 0; i < 5; i++) await readExternal(fake, stretch);
  const { heapBytes } = await readExternal(fake, stretch);
  assert.ok(Math.abs(heapBytes - 848) < 20, `${heapBytes}`);
});

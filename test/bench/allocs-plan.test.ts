import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocsPlan, estimate, type PlanLimits } from '../../src/bench/allocs-plan.js';
import { collectGarbage } from '../../src/bench/garbage.js';
import { fakeOperations } from './fake-operations.js';

/** Heap stretch and external stretch, each as `size×calls`. */
function plan(heapBytes: number, externalBytes: number, limits: Partial<PlanLimits> = {}): string {
  const { heap, external } = allocsPlan(
    { heapBytes, externalBytes },
    { nanosPerOp: 100, longestCall: 1e9, ...limits },
  );
  const text = (stretch: typeof heap): string =>
    stretch === undefined ? 'once' : `${stretch.size}×${stretch.calls}`;
  return `${text(heap)} ${text(external)}`;
}

test('allocsPlan: as many operations as a window bears', () => {
  assert.equal(plan(0, 0), '2000×4 20000×4');
  assert.equal(plan(40, 0), '2000×4 20000×4');
  assert.equal(plan(1000, 0), '111×4 1250×4');
  assert.equal(plan(200, 20_000), '555×4 125×4');
});

test('allocsPlan: fewer where they take long', () => {
  assert.equal(plan(40, 0, { nanosPerOp: 1e6 }), '27×4 20×4');
  assert.equal(plan(40, 0, { nanosPerOp: 1e8 }), '1×1 1×1');
  assert.equal(plan(40, 0, { nanosPerOp: 1e9 }), 'once 1×1');
});

test('allocsPlan: fewer where one takes much', () => {
  assert.equal(plan(1e6, 0), '1×1 1×4');
  assert.equal(plan(5e6, 0), '1×1 1×1');
  assert.equal(plan(5e7, 0), 'once 1×1');
  assert.equal(plan(200, 3e6), '555×4 1×1');
  assert.equal(plan(200, 3e7), '555×4 1×1');
});

test('allocsPlan: no call is longer than it may be', () => {
  assert.equal(plan(40, 0, { longestCall: 1000 }), '333×4 333×4');
});

test('estimate: what one operation takes in the heap and outside', async () => {
  const kept: unknown[] = [];
  const fake = fakeOperations((n) => {
    for (let i = 0; i < n; i++) kept.push(new Array(1000).fill(i), new Uint8Array(50_000));
  });
  collectGarbage();
  const { heapBytes, externalBytes } = await estimate(fake, 1000);
  assert.ok(heapBytes > 8000 && heapBytes < 16_000, `${heapBytes}`);
  assert.ok(externalBytes > 49_000 && externalBytes < 60_000, `${externalBytes}`);
  assert.deepEqual(fake.calls, [1, 8, 32]);
});

test('estimate: slow operations are not run often', async () => {
  const fake = fakeOperations(() => {});
  await estimate(fake, 1e9);
  assert.deepEqual(fake.calls, [1]);
});

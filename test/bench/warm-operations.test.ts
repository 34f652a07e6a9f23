import assert from 'node:assert/strict';
import { test } from 'node:test';
import { warmOperations } from '../../src/bench/warm-operations.js';
import { fakeOperations } from './fake-operations.js';

async function callsOf(operations: number, nanosPerOp: number, longestCall?: number): Promise<number[]> {
  const fake = fakeOperations(() => {}, longestCall === undefined ? {} : { longestCall });
  await warmOperations(fake, operations, nanosPerOp);
  return fake.calls;
}

test('warmOperations: calls of 1, 2, 4 … 1024 operations', async () => {
  assert.deepEqual(await callsOf(1, 10), [1]);
  assert.deepEqual(await callsOf(4, 10), [1, 1, 2]);
  assert.deepEqual(await callsOf(4096, 10), [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024]);
});

test('warmOperations: no call takes longer than 50 ms, or more than it may', async () => {
  assert.equal(Math.max(...(await callsOf(5000, 1e5))), 256);
  assert.equal(Math.max(...(await callsOf(5, 1e9))), 1);
  assert.equal(Math.max(...(await callsOf(5000, 10, 1000))), 1000);
});

test('warmOperations: the same calls where the time is somewhat different', async () => {
  assert.deepEqual(await callsOf(20_000, 110e3), await callsOf(20_000, 150e3));
});

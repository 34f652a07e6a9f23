import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Settling, type WarmedUp, WarmUp } from '../../src/bench/warm-up.js';

/** Warm-up of a benchmark whose n-th call of 1 ms takes `nanos(n)` an iteration. */
function warmedUp(nanos: (call: number) => number): WarmedUp {
  const warmUp = new WarmUp({ leastMillis: 300, mostMillis: 1000 });
  for (let call = 0; !warmUp.isOver; call++) warmUp.add({ n: 1, nanos: nanos(call), wallNanos: 1e6 });
  return warmUp.result();
}

test('WarmUp: goes on until calls take the same', () => {
  const check = (millis: number, steady: boolean, nanos: (call: number) => number): void =>
    assert.deepEqual(warmedUp(nanos), { millis, steady }, `${nanos}`);
  check(300, true, () => 5);
  check(300, true, (call) => (call < 100 ? 50 : 5)); // optimised early
  check(420, true, (call) => (call < 250 ? 50 : 5)); // and late
  check(300, true, (call) => (call % 4 === 0 ? 90 : 5)); // garbage is collected now and then
  check(1000, false, (call) => 1000 - call); // faster and faster
});

test('WarmUp: calls that take no time come to an end', () => {
  const warmUp = new WarmUp({ leastMillis: 300, mostMillis: 1000 });
  let calls = 0;
  for (; !warmUp.isOver; calls++) warmUp.add({ n: 1, nanos: 0, wallNanos: 0 });
  assert.deepEqual([calls, warmUp.result()], [50_000, { millis: 0, steady: false }]);
});

test('Settling: goes on until calls are as fast as before', () => {
  const check = (want: number, nanos: (call: number) => number, wallNanos = 1e6): void => {
    const settling = new Settling(100);
    let calls = 0;
    for (; !settling.isOver; calls++) settling.add({ n: 1, nanos: nanos(calls), wallNanos });
    assert.equal(calls, want, `${nanos}`);
  };
  check(20, () => 100);
  check(20, (call) => (call < 10 ? 900 : 103));
  check(51, (call) => (call < 50 ? 900 : 90));
  check(200, () => 900);
  check(2, () => 100, 1e8);
  check(50_000, () => 900, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Sampling } from '../../../src/capture/block/sampling.js';

test('Sampling: all waits of the rate and more, one for many of shorter ones', () => {
  const check = (nanos: number, random: number, want: number): void => {
    assert.equal(
      new Sampling({ rate: 1000, random: () => random }, 0).weight(nanos),
      want,
      `${nanos} ${random}`,
    );
  };
  check(1000, 0.999, 1);
  check(5000, 0.999, 1);
  check(250, 0.249, 4);
  check(250, 0.251, 0);
  check(0, 0, 0);
});

test('Sampling: sums are right on average', () => {
  // A run of draws at equal distances stands for a perfect random source.
  const draws = 10_000;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (nanos, rate) => {
      let drawn = 0;
      const sampling = new Sampling({ rate, random: () => (drawn++ + 0.5) / draws }, 0);
      let count = 0;
      for (let i = 0; i < draws; i++) count += sampling.weight(nanos);
      // One draw more or less on the border.
      assert.ok(Math.abs(count - draws) <= Math.max(1, rate / nanos), `${count}`);
    }),
  );
});

test('Sampling: takes less where taking costs too much, and all again later', () => {
  const sampling = new Sampling({ rate: 1, random: () => 0.5 }, 0);
  assert.equal(sampling.weight(10), 1);
  let now = 0;
  // Each wait taken costs a tenth of a millisecond, and nothing else happens.
  for (let i = 0; i < 1000; i++) sampling.paid(1000, now, (now += 0.1));
  const dear = sampling.weight(1000);
  assert.ok(dear === 0 || dear > 1);
  assert.equal(sampling.weight(1e12), 1); // a long wait is never lost
  for (let i = 0; i < 1000; i++) sampling.paid(1000, (now += 1000), now);
  assert.equal(sampling.weight(10), 1);
});

test('Sampling: all are taken again where nothing was for a while', () => {
  const sampling = new Sampling({ rate: 1, random: () => 0.5 }, 0);
  let now = 0;
  for (let i = 0; i < 1000; i++) sampling.paid(1000, now, (now += 0.1));
  const takenAfter = (millis: number): boolean => {
    sampling.passed((now += millis));
    return sampling.weight(10) === 1;
  };
  assert.deepEqual([0, 100, 10_000].map(takenAfter), [false, false, true]);
});

test('Sampling: where taking costs too much one of eight short awaits is looked at, and all again later', () => {
  let drawn = 0;
  const sampling = new Sampling({ rate: 1, random: () => (drawn++ % 100) / 100 }, 0);
  assert.deepEqual([sampling.every, sampling.untilTold()], [1, 1]);
  let now = 0;
  for (let i = 0; i < 1000; i++) sampling.paid(1000, now, (now += 0.1));
  assert.equal(sampling.every, 8);
  const untilTold = Array.from({ length: 1500 }, () => sampling.untilTold());
  assert.deepEqual([Math.min(...untilTold), Math.max(...untilTold)], [1, 15]);
  assert.ok(Math.abs(untilTold.reduce((sum, each) => sum + each, 0) / untilTold.length - 8) < 0.1);
  for (let i = 0; i < 1000; i++) sampling.paid(1000, (now += 1000), now);
  assert.deepEqual([sampling.every, sampling.untilTold()], [1, 1]);
});

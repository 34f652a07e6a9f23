import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { medianInterval } from '../../src/stats/median-interval.js';

test('medianInterval: orders at 95 %', () => {
  const rows: [number, number, number][] = [
    [6, 1, 6],
    [7, 1, 7],
    [8, 1, 7], // not symmetric: the left neighbour first
    [9, 2, 8],
    [10, 2, 9],
    [12, 3, 10],
    [15, 4, 12],
    [20, 6, 15],
    [24, 8, 18], // the mirror image of 7 to 17, as benchstat rounds
    [25, 8, 18],
    [30, 10, 21],
    [31, 10, 22], // from here on the normal distribution
    [50, 18, 32],
    [100, 40, 60],
  ];
  for (const [n, low, high] of rows) {
    const interval = medianInterval(n, 0.95);
    assert.deepEqual([interval.low, interval.high], [low, high], `n=${n}`);
  }
  assert.equal(medianInterval(6, 0.95).confidence, 0.96875);
  assert.equal(medianInterval(10, 0.95).confidence.toFixed(4), '0.9785');
});

test('medianInterval: too few values leave it open', () => {
  const isOpen = (n: number, confidence: number): boolean => {
    const { low, high } = medianInterval(n, confidence);
    return low < 1 || high > n;
  };
  assert.deepEqual([isOpen(5, 0.95), isOpen(6, 0.95)], [true, false]);
  assert.deepEqual([isOpen(7, 0.99), isOpen(8, 0.99)], [true, false]);
  assert.deepEqual(medianInterval(1, 0.95), { low: 0, high: 2, confidence: 1 });
  assert.deepEqual(medianInterval(100, 1), { low: 0, high: 101, confidence: 1 });
  assert.deepEqual(medianInterval(3, 0), { low: 1, high: 2, confidence: 0.375 });
});

/** The chance that `low` to `high - 1` of n coins show heads. */
function coverage(n: number, low: number, high: number): number {
  let chance = 0.5 ** n;
  let sum = 0;
  for (let k = 0; k < high; k++) {
    if (k >= low) sum += chance;
    chance *= (n - k) / (k + 1);
  }
  return sum;
}

test('medianInterval: holds the median with the confidence asked for, and the next smaller one does not', () => {
  const levels = fc.double({ min: 0.5, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), levels, (n, confidence) => {
      const { low, high, confidence: got } = medianInterval(n, confidence);
      assert.ok(got >= confidence && Math.abs(coverage(n, low, high) - got) < 1e-12);
      assert.ok(
        coverage(n, low + 1, high) < confidence + 1e-12 || coverage(n, low, high - 1) < confidence + 1e-12,
      );
    }),
  );
});

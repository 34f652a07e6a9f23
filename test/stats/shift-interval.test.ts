import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleOf } from '../../src/stats/sample.js';
import { shiftInterval } from '../../src/stats/shift-interval.js';
import { uTest } from '../../src/stats/u-test.js';

const series = (first: number, n: number): number[] => Array.from({ length: n }, (_, i) => first + i);

test('shiftInterval: known values', () => {
  const check = (a: readonly number[], b: readonly number[], want: object): void => {
    assert.deepEqual(shiftInterval(sampleOf(a), sampleOf(b), 0.95), want);
  };
  check([1], [4], { center: 3, low: -Infinity, high: Infinity });
  check(series(0, 3), series(10, 3), { center: 10, low: -Infinity, high: Infinity });
  check(series(0, 4), series(10, 4), { center: 10, low: 7, high: 13 });
  check(series(0, 10), series(100, 10), { center: 100, low: 97, high: 103 });
  check(series(0, 60), series(100, 60), { center: 100, low: 93, high: 107 });
});

test('shiftInterval: holds the shifts that the U test does not reject', () => {
  // Irrational steps: shifted samples have no ties.
  const values = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 12 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: -1000, max: 1000 }), (a, b, step) => {
      const [before, after] = [sampleOf(a), sampleOf(b.map((x) => x * Math.SQRT2))];
      const shift = step + Math.E / 10;
      const { low, high } = shiftInterval(before, after, 0.95);
      const p = uTest(before, sampleOf([...after].map((y) => y - shift))) ?? 1;
      assert.equal(shift > low && shift < high, p > 0.05 + 1e-12);
    }),
  );
});

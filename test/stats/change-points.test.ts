import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changePoints } from '../../src/stats/change-points.js';

/** Values around a level, spread by one part in ten, always the same. */
function noisy(level: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => level * (1 + 0.1 * Math.sin(12.9898 * (i + 1) * level)));
}

test('changePoints: a series without noise', () => {
  const check = (values: readonly number[], want: readonly number[]): void =>
    assert.deepEqual(
      changePoints(values, 0.05),
      want.map((at) => ({ at, p: undefined })),
      String(values),
    );
  check([], []);
  check([3], []);
  check([3, 3, 3, 3], []);
  check([3, 3, 2], [2]); // as it is on the day of the change
  check([3, 2, 2], [1]);
  check([3, 3, 2, 2, 1], [2, 4]);
  check([0, 0, 0, 5, 5], [3]);
});

test('changePoints: a series with noise', () => {
  const check = (values: readonly number[], want: readonly number[]): void =>
    assert.deepEqual(
      changePoints(values, 0.05).map(({ at }) => at),
      want,
    );
  check([1, 2], []); // two values that differ are noise
  check([1, 2, 1, 2, 1, 2, 1, 2], []);
  check(noisy(100, 40), []);
  check([...noisy(100, 10), ...noisy(200, 10)], [10]);
  check([...noisy(100, 10), ...noisy(200, 10), ...noisy(50, 10)], [10, 20]);
  check([...noisy(100, 4), ...noisy(200, 4)], [4]); // the fewest that can tell
  check([...noisy(100, 3), ...noisy(200, 3)], []);
  check([...noisy(100, 20), 500, ...noisy(101, 20)], []); // one bad run
});

test('changePoints: p is that of all orders', () => {
  // Of the 8! orders of two times four values two in 70 are as clear.
  const [change] = changePoints([1, 2, 3, 4, 11, 12, 13, 14], 0.05);
  assert.equal(change?.at, 4);
  assert.ok(Math.abs((change?.p ?? 1) - 2 / 70) < 0.005, String(change?.p));
});

test('changePoints: random series have no more of them than alpha says', () => {
  const random = fc.sample(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }), {
      minLength: 12,
      maxLength: 12,
    }),
    {
      numRuns: 200,
      seed: 1,
    },
  );
  const found = random.filter((values) => changePoints(values, 0.05).length > 0).length;
  assert.ok(found <= 25, `${found} of 200`);
});

test('changePoints: depend on the order of the values alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 16 }), (values) => {
      const changes = changePoints(values, 0.1);
      assert.deepEqual(
        changePoints(
          values.map((value) => value ** 3 + 7),
          0.1,
        ),
        changes,
      );
      assert.deepEqual(
        changes.map(({ at }) => at),
        [...new Set(changes.map(({ at }) => at))].sort((a, b) => a - b),
      );
      assert.ok(changes.every(({ at, p }) => at > 0 && at < values.length && (p === undefined || p <= 0.1)));
    }),
    { numRuns: 60 },
  );
});

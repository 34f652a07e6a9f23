import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastChange } from '../../src/stats/least-change.js';

/** Values evenly spread around 100, `spread` percent to each side. */
function around100(count: number, spread: number): number[] {
  return Array.from({ length: count }, (_, i) => 100 - spread + (2 * spread * i) / (count - 1));
}

test('leastChange: what shows is about as large as the noise', () => {
  const check = (values: readonly number[], count: number, [low, high]: readonly [number, number]): void => {
    const least = leastChange(values, { count, alpha: 0.05, power: 0.8 }) ?? Number.NaN;
    assert.ok(least >= low && least <= high, `${least} in ${low} to ${high}`);
  };
  check(around100(100, 1), 10, [0.006, 0.011]);
  check(around100(100, 10), 10, [0.06, 0.11]);
  check(around100(100, 10), 40, [0.025, 0.05]); // more runs see smaller changes
  check(around100(20, 0.001), 10, [0, 0.00003]);
});

test('leastChange: too few values, too much noise', () => {
  const detection = { alpha: 0.05, power: 0.8 };
  assert.equal(leastChange(around100(20, 1), { ...detection, count: 3 }), undefined);
  assert.equal(leastChange(around100(40, 99), { ...detection, count: 5 }), undefined);
});

test('leastChange: depends on the values alone', () => {
  const values = around100(40, 3);
  const detection = { count: 10, alpha: 0.05, power: 0.8 };
  assert.equal(leastChange(values, detection), leastChange([...values], detection));
});

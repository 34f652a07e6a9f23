import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ValueColumnBuilder } from '../../src/profile/value-columns.js';

const big = 2n ** 60n;

test('ValueColumnBuilder: numbers while every sum is safe, int64 else', () => {
  const column = new ValueColumnBuilder(2);
  column.set(0, -5);
  column.set(1, 7);
  assert.deepEqual(column.build(2), Float64Array.of(-5, 7));
  column.setBigInt(2, big);
  assert.deepEqual(column.build(3), BigInt64Array.of(-5n, 7n, big));
});

test('ValueColumnBuilder: what is added to an early value leaves later ones as they are', () => {
  const column = new ValueColumnBuilder(4);
  for (const [i, value] of [1, 2, -3].entries()) column.set(i, value);
  column.add(0, big);
  assert.deepEqual(column.build(3), BigInt64Array.of(big + 1n, 2n, -3n));
});

test('ValueColumnBuilder: sums are those of int64, whatever the order', () => {
  const value = fc.oneof(fc.integer().map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
  const additions = fc.array(fc.tuple(fc.nat(4), value));
  fc.assert(
    fc.property(additions, (list) => {
      const column = new ValueColumnBuilder(1);
      const want = new BigInt64Array(5);
      for (let i = 0; i < 5; i++) column.set(i, 0);
      for (const [i, added] of list) {
        column.add(i, added);
        want[i] = (want[i] ?? 0n) + added;
      }
      assert.deepEqual(Array.from<number | bigint, bigint>(column.build(5), BigInt), [...want]);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSort, numbersTo } from '../../src/compare/counting-sort.js';

test('countingSort: by key, equal ones as they came', () => {
  const check = (keys: readonly number[], want: readonly number[], numbers = numbersTo(keys.length)): void =>
    assert.deepEqual([...countingSort(numbers, Int32Array.from(keys), 4)], want);
  check([], []);
  check([0, 1, 1, 3], [0, 1, 2, 3]); // in order already
  check([3, 1, 0, 1], [2, 1, 3, 0]);
  check([1, 0, 1, 0], [1, 3, 0, 2]);
  check([0, 1, 2, 3], [0, 3], Uint32Array.of(3, 0)); // some of the numbers
});

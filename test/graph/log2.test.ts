import assert from 'node:assert/strict';
import { test } from 'node:test';
import { log2 } from '../../src/graph/log2.js';

// Wanted values are those of Go 1.27's math.Log2 on amd64, printed with %v.
test('log2: the last bit is that of Go', () => {
  const check = (value: number, want: number): void => assert.equal(log2(value), want, String(value));
  check(1 / 3, -1.5849625007211563);
  check(3 / 4, -0.41503749927884376); // Math.log2 says …8
  check(13 / 18, -0.46948528330122025); // Math.log(x) / Math.LN2 says …02
  check(15 / 19, -0.3410369178350669);
  check(29 / 44, -0.6014506235097252);
  check(3, 1.5849625007211563);
  check(1e19, 63.11663380285989);
  check(1e-19, -63.11663380285989);
  check(Math.SQRT1_2, -0.4999999999999999); // rounded up
  check(1 - 2 ** -53, -1.6017132519074588e-16);
});

test('log2: powers of two have whole logarithms, and what has none is NaN or infinite', () => {
  const check = (value: number, want: number): void => assert.equal(log2(value), want, String(value));
  for (let power = -100; power <= 100; power++) check(2 ** power, power);
  check(0, -Infinity);
  check(-1 / 3, Number.NaN);
  check(Number.NaN, Number.NaN);
  check(Infinity, Infinity);
});

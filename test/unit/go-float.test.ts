import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFloat } from '../../src/unit/go-float.js';

test("formatFloat: Go's %v", () => {
  const check = (value: number, want: string): void => assert.equal(formatFloat(value), want);
  check(0, '0');
  check(-0, '-0');
  check(57616, '57616');
  check(0.95, '0.95');
  check(999999, '999999');
  check(100000.5, '100000.5');
  check(1e6, '1e+06');
  check(1234567, '1.234567e+06');
  check(5.54e7, '5.54e+07');
  check(1e21, '1e+21');
  check(1e100, '1e+100');
  check(0.0001, '0.0001');
  check(0.00001, '1e-05');
  check(1.8836e-5, '1.8836e-05');
  check(-1.7180000000000001e-6, '-1.7180000000000001e-06');
  check(Number.NaN, 'NaN');
  check(Number.POSITIVE_INFINITY, '+Inf');
  check(Number.NEGATIVE_INFINITY, '-Inf');
});

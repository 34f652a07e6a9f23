import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatFixed, formatSigned } from '../../src/unit/fixed.js';

test("formatFixed: Go's %.Nf", () => {
  const check = (value: number, digits: number, want: string): void => {
    assert.equal(formatFixed(value, digits), want, `${value} with ${digits} digits`);
  };
  check(100.5, 0, '100'); // a tie goes to the even digit
  check(101.5, 0, '102');
  check(-100.5, 0, '-100');
  check(0.5, 0, '0');
  check(0.125, 2, '0.12');
  check(0.375, 2, '0.38');
  check(1.005, 2, '1.00'); // no tie: the binary value is below
  check(2.675, 2, '2.67');
  check(8.5, 1, '8.5');
  check(0, 2, '0.00');
  check(-0, 2, '-0.00');
  check(-0.001, 2, '-0.00');
  check(0.0002, 3, '0.000');
  check(1e21, 2, '1000000000000000000000.00'); // toFixed gives 1e+21
  check(1.5e22, 0, '15000000000000000000000');
  check(999_999_999_999_999_900_000, 1, '999999999999999868928.0');
  check(5e-324, 3, '0.000');
  check(Number.NaN, 2, 'NaN');
  check(Number.POSITIVE_INFINITY, 2, '+Inf');
  check(Number.NEGATIVE_INFINITY, 0, '-Inf');
});

test("formatSigned: Go's %+.Nf", () => {
  const check = (value: number, want: string): void => assert.equal(formatSigned(value, 2), want);
  check(100 * (801 / 800) - 100, '+0.12');
  check(0, '+0.00');
  check(-0, '-0.00');
  check(-12.345, '-12.35');
  check(Number.POSITIVE_INFINITY, '+Inf');
  check(Number.NaN, '+NaN');
});

/** The digits of `value` × 10^`digits`, rounded half to even, by whole numbers only. */
function exactDigits(value: number, digits: number): bigint {
  const scaled = BigInt(value * 2 ** 20) * 10n ** BigInt(digits); // value has at most 20 binary places
  const whole = scaled >> 20n;
  const rest = scaled & ((1n << 20n) - 1n);
  const half = 1n << 19n;
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole;
}

test('formatFixed: rounds the exact value, ties to even', () => {
  const value = fc.integer({ min: 0, max: 2 ** 40 }).map((n) => n / 2 ** 20);
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 9 }), (value, digits) => {
      assert.equal(BigInt(formatFixed(value, digits).replace('.', '')), exactDigits(value, digits));
    }),
  );
});

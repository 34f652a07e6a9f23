import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFloat64, parseInt64, parseUint64 } from '../../src/unit/parse-number.js';

test('parseFloat64: what strconv.ParseFloat accepts', () => {
  const check = (text: string, want: number | undefined): void => {
    assert.ok(Object.is(parseFloat64(text), want), `${text}: ${parseFloat64(text)}`);
  };
  check('12.5', 12.5);
  check('+12.5', 12.5);
  check('.5', 0.5);
  check('5.', 5);
  check('1e3', 1000);
  check('1E-3', 0.001);
  check('-0', -0);
  check('1_000', 1000);
  check('1_23.50_0_0e+1_2', 123.5e12);
  check('Inf', Number.POSITIVE_INFINITY);
  check('-infinity', Number.NEGATIVE_INFINITY);
  check('nAn', Number.NaN);
  check('0x1p-2', 0.25);
  check('0x_1.8p1', 3);
  check('0x1p-1074', 5e-324);
  check('0x1.8p-1075', 5e-324); // rounds to even once, not twice
  check('0x1p-1075', 0);
  check('0x0p999999999', 0);
  check('1e-400', 0);
});

test('parseFloat64: what strconv.ParseFloat refuses', () => {
  const refused = ['', ' 1', '1 ', '.', 'e1', '1e', '1e+', '1__0', '_1', '1_', '1_.5', '0x1', '0x', '0xp1'];
  const more = ['0x1_p1', '1e400', '0x1p1024', '+nan', 'infinit', '1,5', '12ns', '١', '0b1', '--1'];
  for (const text of [...refused, ...more]) assert.equal(parseFloat64(text), undefined, text);
});

test('parseInt64 and parseUint64: decimal, 64 bits', () => {
  const check = (text: string, int: bigint | undefined, uint: bigint | undefined): void => {
    assert.deepEqual([parseInt64(text), parseUint64(text)], [int, uint], text);
  };
  check('0', 0n, 0n);
  check('007', 7n, 7n);
  check('+5', 5n, undefined);
  check('-5', -5n, undefined);
  check('9223372036854775807', 2n ** 63n - 1n, 2n ** 63n - 1n);
  check('9223372036854775808', undefined, 2n ** 63n);
  check('-9223372036854775808', -(2n ** 63n), undefined);
  check('18446744073709551616', undefined, undefined);
  check('1e3', undefined, undefined);
  check('1_000', undefined, undefined);
  check('12.5', undefined, undefined);
  check('', undefined, undefined);
});

test('parseFloat64: reads back every number that JavaScript writes', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      const text = Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
      assert.equal(parseFloat64(text), value === 0 ? 0 : value);
    }),
  );
});

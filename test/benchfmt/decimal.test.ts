import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCount, parseDecimal } from '../../src/benchfmt/decimal.js';

function parse(text: string): number {
  const bytes = Buffer.from(`<${text}>`);
  return parseDecimal(bytes, 1, bytes.length - 1);
}

test('parseDecimal: plain numbers, NaN for all else', () => {
  const check = (text: string, want: number): void => assert.equal(parse(text), want, text);
  check('0', 0);
  check('1662', 1662);
  check('0.3451', 0.3451);
  check('5.', 5);
  check('.5', 0.5);
  check('999999999999999', 999999999999999);
  check('99999.9999999999', 99999.9999999999);
  for (const text of ['', '.', '-1', '+1', '1e3', '1_0', '0x1', 'NaN', '1.2.3', '1234567890123456', '١'])
    check(text, Number.NaN);
});

test('parseDecimal: rounds as Number does', () => {
  const digits = fc.stringMatching(/^\d{1,9}(\.\d{0,6})?$/);
  fc.assert(fc.property(digits, (text) => assert.equal(parse(text), Number(text))));
});

test('isCount: digits only, and not too many', () => {
  const check = (text: string, want: boolean): void => {
    assert.equal(isCount(Buffer.from(text), 0, Buffer.byteLength(text)), want, text);
  };
  check('1', true);
  check('123456789012345678', true);
  check('1234567890123456789', false);
  check('', false);
  check('-1', false);
  check('1/', false);
  check('1:', false);
});

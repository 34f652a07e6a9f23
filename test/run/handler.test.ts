import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHandler } from '../../src/run/handler.js';

const a = (_req: unknown, _res: unknown): void => {};
const b = (_req: unknown, _res: unknown): void => {};

test('findHandler: the function that is named after it, then the default, then the only one', () => {
  const check = (exports: Record<string, unknown>, want: unknown): void =>
    assert.equal(findHandler(exports), want, Object.keys(exports).join());
  check({ handleHi: a, other: b, count: 1 }, a);
  check({ handler: a, other: b }, a);
  check({ default: a, other: b }, a);
  check({ handleHi: a, default: b }, a);
  check({ hello: a, count: 1 }, a);
  check({ hello: a, bye: b }, undefined); // which of them?
  check({ handleHi: a, handleBye: b }, undefined);
  check({ handledCount: 1 }, undefined);
  check({ default: { fetch: a } }, undefined);
  check({ Page: class {}, BenchmarkHi: function BenchmarkHi(_b: unknown) {}, hello: a }, a);
  check({ none: () => {} }, undefined);
  check({}, undefined);
});

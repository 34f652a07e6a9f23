import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exp, log } from '../../src/stats/exp-log.js';
import { geomean } from '../../src/stats/geomean.js';
import { holm } from '../../src/stats/holm.js';
import { mode } from '../../src/stats/mode.js';
import { normalCdf, normalQuantile } from '../../src/stats/normal.js';
import { median, quantile } from '../../src/stats/quantile.js';
import { sampleOf } from '../../src/stats/sample.js';

test('quantile: definition 8 of Hyndman and Fan', () => {
  const check = (values: readonly number[], q: number, want: number): void => {
    assert.equal(quantile(sampleOf(values), q).toPrecision(12), want.toPrecision(12));
  };
  check([4], 0.5, 4);
  check([3, 1], 0.5, 2);
  check([3, 1, 2], 0.5, 2);
  check([4, 1, 3, 2], 0.25, 1 + 5 / 12); // the position is 1/3 + (4 + 1/3)/4
  check([4, 1, 3, 2], 0, 1);
  check([4, 1, 3, 2], 0.01, 1); // before the first order statistic
  check([4, 1, 3, 2], 0.99, 4);
  check([4, 1, 3, 2], 1, 4);
});

test('median: between the two values in the middle', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
      assert.ok(Math.abs(median(sampleOf(values)) - (low + high) / 2) <= 1e-6 * (1 + Math.abs(high - low)));
    }),
  );
});

test('mode: the most frequent value, the least of several', () => {
  const check = (values: readonly number[], value: number, count: number): void => {
    assert.deepEqual(mode(sampleOf(values)), { value, count });
  };
  check([7], 7, 1);
  check([2, 1, 2, 1], 1, 2);
  check([3, 1, 2, 2], 2, 2);
});

test('geomean: of what has a logarithm', () => {
  const check = (values: readonly number[], want: string | undefined): void => {
    assert.equal(geomean(values)?.toPrecision(12), want);
  };
  check([4], '4.00000000000');
  check([1, 100], '10.0000000000');
  check(new Array(50).fill(1e-8), '1.00000000000e-8'); // the product would vanish
  check(new Array(60).fill(1e300), '1.00000000000e+300');
  check([1e-310], '1.00000000000e-310');
  check([], undefined);
  check([1, 0], undefined);
  check([1, -1], undefined);
  check([Number.NaN], undefined);
  check([Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY], undefined);
});

test('exp, log: as Go rounds on amd64 with fused operations', () => {
  // Go 1.27, math.Exp and math.Log, where V8 gives another last digit.
  assert.equal(exp(-2.43489644189291), 0.08760681897465494);
  assert.equal(exp(10.743601345858892), 46332.61157747828);
  assert.equal(exp(0), 1);
  assert.equal(log(1), 0);
  assert.equal(log(8), Math.log(8));
});

test('exp, log: within a unit of the last digit of V8, and each the inverse of the other', () => {
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 4.5e-16 * Math.abs(b);
  fc.assert(
    fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (x) => {
      assert.ok(isNear(exp(x), Math.exp(x)) || exp(x) === Math.exp(x));
      const y = Math.exp(x);
      if (y > 0 && Number.isFinite(y))
        assert.ok(isNear(log(y), Math.log(y)) || Math.abs(log(y) - Math.log(y)) < 1e-16);
    }),
  );
});

test('normal distribution: known values, and each the inverse of the other', () => {
  const rows: [number, string][] = [
    [0, '0.50000000000'],
    [-1, '0.15865525393'],
    [1.959963984540054, '0.97500000000'],
    [-5, '2.8665157188e-7'],
    [-10, '7.6198530242e-24'],
    [-37, '5.7255712225e-300'],
  ];
  for (const [z, want] of rows) assert.equal(normalCdf(z).toPrecision(11), want, `z=${z}`);
  assert.equal(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(0.025).toPrecision(14), '-1.9599639845401');
  assert.deepEqual([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.999999, noNaN: true }), (p) => {
      assert.ok(Math.abs(normalCdf(normalQuantile(p)) - p) <= 1e-12 * p);
    }),
  );
});

test('holm: the smallest times their number, the next times one less, never falling', () => {
  const check = (ps: readonly number[], want: readonly number[]): void => {
    assert.deepEqual(
      [...holm(ps)].map((p) => Number(p.toPrecision(12))),
      want,
    );
  };
  check([], []);
  check([0.03], [0.03]);
  check([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]);
  check([0.5, 0.6, 0.9], [1, 1, 1]);
  check([0.02, 0.02], [0.04, 0.04]);
});

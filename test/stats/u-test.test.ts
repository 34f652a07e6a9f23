import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleOf } from '../../src/stats/sample.js';
import { leastP, uTest } from '../../src/stats/u-test.js';
import { splitTails } from './brute-force.js';

/** Few distinct values, so that most samples have ties. */
const tied = fc.integer({ min: 1, max: 8 }).chain((distinct) => {
  const values = fc.array(fc.integer({ min: 1, max: distinct }), { minLength: 1, maxLength: 7 });
  return fc.tuple(values, values);
});

test('uTest: twice the smaller tail of all splits, ties and unequal sizes included', () => {
  fc.assert(
    fc.property(tied, ([a, b]) => {
      const isEqual = new Set([...a, ...b]).size === 1;
      const { atMost, atLeast } = splitTails(a, b);
      const want = isEqual ? undefined : Math.min(1, 2 * Math.min(atMost, atLeast));
      const got = uTest(sampleOf(a), sampleOf(b));
      assert.ok(got === want || Math.abs((got ?? -1) - (want ?? -1)) < 1e-12, `${got} is not ${want}`);
    }),
    { numRuns: 3000 },
  );
});

test('uTest: swapping the samples changes nothing', () => {
  const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [one, other] = [uTest(sampleOf(a), sampleOf(b)), uTest(sampleOf(b), sampleOf(a))];
      assert.ok(one === other || Math.abs((one ?? -1) - (other ?? -1)) < 1e-12);
    }),
  );
});

/** `count` numbers from `first` on. */
const run = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

test('uTest: known values', () => {
  const check = (a: readonly number[], b: readonly number[], want: number): void => {
    const got = uTest(sampleOf(a), sampleOf(b));
    assert.equal(got?.toPrecision(6), want.toPrecision(6));
  };
  check([1], [2], 1);
  check(run(0, 4), run(4, 4), 2 / 70);
  check(run(0, 5), run(5, 5), 2 / 252);
  check(run(0, 10), run(10, 10), 2 / 184756);
  check([1, 1, 2], [2, 3, 3], 0.2); // W = 7.5 is the second of 20 splits
  check([19, 22, 16, 29, 24], [20, 11, 17, 12], 0.111111); // Wikipedia's sample of U = 3
  // Beyond the exact sizes, worked out by hand: the normal distribution, with both corrections.
  check(
    run(0, 51),
    run(0, 51).map((x) => x + 10.5),
    0.00131585,
  );
  check(
    run(0, 26),
    run(0, 26).map((x) => x + 5),
    0.0321774,
  );
});

test('uTest: samples of one value cannot be tested', () => {
  assert.equal(uTest(sampleOf([3, 3]), sampleOf([3])), undefined);
  const many = sampleOf(new Array(60).fill(7));
  assert.equal(uTest(many, many), undefined);
});

test('uTest: the exact test goes over into the approximate one', () => {
  const shifted = (n: number): number | undefined =>
    uTest(sampleOf(run(0, n)), sampleOf(run(0, n).map((x) => x + n / 5 + 0.25)));
  const [exact, approximate] = [shifted(50), shifted(51)];
  assert.ok(Math.abs((exact ?? 1) - (approximate ?? 0)) < 0.01, `${exact} and ${approximate}`);
});

test('leastP: two samples that do not overlap', () => {
  for (let n = 1; n <= 9; n++) {
    const p = uTest(sampleOf(run(0, n)), sampleOf(run(n, n)));
    assert.ok(Math.abs((p ?? 0) - leastP(n)) < 1e-15, `n=${n}: ${p}`);
  }
});

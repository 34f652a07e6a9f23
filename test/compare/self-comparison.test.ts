import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSelfComparisons } from '../../src/compare/format-self-comparison.js';
import { compareWithSelf } from '../../src/compare/self-comparison.js';

const judge = { count: 4, alpha: 0.05 };
const one = { name: 'BenchmarkX', unit: 'ns/op' };

test('compareWithSelf: pairs in turn, A B, B A', () => {
  const check = (values: readonly number[], want: object): void => {
    const { detectable: _, leastP, ...rest } = compareWithSelf({ ...one, values }, judge);
    const got = { ...rest, leastP: leastP === undefined ? undefined : Number(leastP.toFixed(6)) };
    assert.deepEqual(got, { ...one, ...want });
  };
  check([], { comparisons: 0, different: 0, leastP: undefined });
  check([1, 2, 3], { comparisons: 0, different: 0, leastP: undefined });
  // The sides are 1 3 2 4 and 11 12 13 14: as different as eight values can be.
  check([1, 11, 12, 3, 2, 13, 14, 4], { comparisons: 1, different: 1, leastP: 0.028571 });
  // A machine that gets slower all the time treats both sides alike.
  check([1, 2, 3, 4, 5, 6, 7, 8], { comparisons: 1, different: 0, leastP: 1 });
  check([...[1, 11, 12, 3, 2, 13, 14, 4], ...[1, 2, 3, 4, 5, 6, 7, 8]], {
    comparisons: 2,
    different: 1,
    leastP: 0.028571,
  });
});

test('compareWithSelf: equal values', () => {
  const values = new Array<number>(16).fill(18);
  assert.deepEqual(compareWithSelf({ ...one, values }, judge), {
    ...{ ...one, comparisons: 2, different: 0 },
    ...{ leastP: undefined, detectable: 0 },
  });
});

test('formatSelfComparisons: a table', () => {
  const results = [
    { ...one, comparisons: 5, different: 1, leastP: 0.02857, detectable: 0.0421 },
    { name: 'BenchmarkLonger', unit: 'B/op', comparisons: 5, different: 0, leastP: undefined, detectable: 0 },
    { ...one, comparisons: 5, different: 0, leastP: 0.4, detectable: undefined },
  ];
  assert.equal(
    formatSelfComparisons(results, { count: 10, alpha: 0.05 }),
    `
10 runs compared with 10 runs of the same code. At alpha 0.05 chance alone calls 5% of such comparisons different.
Detectable is the smallest change that is found 80% of the time.

benchmark         unit    called different   least p   detectable
BenchmarkX        ns/op   1 of 5             0.029     4.2%
BenchmarkLonger   B/op    0 of 5             -         any
BenchmarkX        ns/op   0 of 5             0.400     over 100%
`,
  );
});

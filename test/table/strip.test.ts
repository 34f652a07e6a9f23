import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boxStrip } from '../../src/table/strip.js';

test('boxStrip: whiskers, the middle half, the median', () => {
  const check = (numbers: readonly number[], [from, to]: readonly [number, number], want: string): void => {
    const [low = 0, lowerQuartile = 0, median = 0, upperQuartile = 0, high = 0] = numbers;
    const strip = boxStrip(
      { low, lowerQuartile, median, upperQuartile, high },
      { from, to, columns: want.length },
    );
    assert.equal(strip, want);
  };
  check([0, 3, 5, 6, 10], [0, 10], '├──▒▒█▒───┤');
  check([2, 3, 5, 6, 8], [0, 10], '  ├▒▒█▒─┤  ');
  check([2, 2, 2, 2, 2], [0, 10], '  █        ');
  check([5, 5, 5, 5, 5], [5, 5], '  █  '); // one value is in the middle
  check([0, 0, 0, 0, 10], [0, 10], '█─────────┤');
  check([-10, -5, 0, 5, 10], [-10, 10], '├▒█▒┤');
  check([1, 1, 1, 1, 1], [0, Number.POSITIVE_INFINITY], '█    ');
});

test('boxStrip: as wide as its axis, always with a median', () => {
  const five = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(five, fc.integer({ min: 1, max: 60 }), (values, columns) => {
      const [low = 0, lowerQuartile = 0, median = 0, upperQuartile = 0, high = 0] = values.sort(
        (a, b) => a - b,
      );
      const strip = boxStrip(
        { low, lowerQuartile, median, upperQuartile, high },
        { from: low, to: high, columns },
      );
      assert.equal(strip.length, columns);
      assert.equal(strip.split('█').length, 2);
    }),
  );
});

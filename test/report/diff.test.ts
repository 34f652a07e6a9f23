import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Costs, diffRows } from '../../src/report/diff.js';
import { diffMarkdown, formatDiff } from '../../src/report/format-diff.js';

const options = { alpha: 0.05, confidence: 0.95, nodeFraction: 0.005 };

/** Costs of profiles, function by function: the i-th profile has `base` and a little that depends on i. */
function side(bases: Readonly<Record<string, number>>, count: number): Costs[] {
  return Array.from({ length: count }, (_, i) => {
    return new Map(Object.entries(bases).map(([name, base], k) => [name, base + ((i * 7 + k * 3) % 11) / 2]));
  });
}

const unit = { per: 'operation', type: 'cpu', unit: 'nanoseconds' } as const;

test('diff: the function that got slower, and no other', () => {
  const rows = diffRows(
    side({ a: 500, b: 400, c: 300, d: 2 }, 10),
    side({ a: 500, b: 480, c: 300, d: 2 }, 10),
    options,
  );
  assert.deepEqual(
    rows.map(({ name, isSignificant }) => [name, isSignificant]),
    [
      ['b', true],
      ['a', false],
      ['c', false],
    ], // d has less than 0.5 %
  );
  assert.equal(
    formatDiff({ unit, sizes: [10, 10], confidence: 0.95, rows })
      .split('\n')
      .slice(0, 4)
      .join('\n'),
    [
      'cpu per operation; medians of 10 old and 10 new profiles, intervals at 95%',
      "1 of 3 functions differ (p adjusted by Holm's method)",
      '      old      new    delta            interval      p  p (Holm)  function',
      '  402.2ns  482.2ns  +19.89%  [+19.39%, +20.39%]  0.000     0.000  b',
    ].join('\n'),
  );
});

test('diff: what is on one side only counts as 0 on the other', () => {
  const rows = diffRows(side({ a: 100 }, 6), side({ a: 100, b: 50 }, 6), options);
  const [first] = rows;
  assert.deepEqual([first?.name, first?.before, first?.isSignificant], ['b', 0, true]);
  assert.match(
    formatDiff({ unit, sizes: [6, 6], confidence: 0.95, rows }),
    / 0s +\S+ns +\? +\[\?, \?\] .* b\n/,
  );
});

test('diff: p-values are adjusted for the number of functions', () => {
  const names = Array.from({ length: 40 }, (_, i) => `f${i}`);
  const same = Object.fromEntries(names.map((name) => [name, 100]));
  const rows = diffRows(side(same, 4), side({ ...same, f7: 200 }, 4), options);
  // Four on each side that do not overlap have p = 0.029: too much for one of forty.
  assert.deepEqual([rows[0]?.name, rows[0]?.p.toFixed(3), rows[0]?.isSignificant], ['f7', '0.029', false]);
});

test('diff: shares, in Markdown', () => {
  const shares = (b: number): Costs[] =>
    side({ '<b>|': 0 }, 6).map(
      () =>
        new Map([
          ['<b>|', b],
          ['a', 1 - b],
        ]),
    );
  const rows = diffRows(shares(0.25), shares(0.5), options);
  const text = diffMarkdown({ unit: { ...unit, per: 'total' }, sizes: [6, 6], confidence: 0.99, rows });
  assert.deepEqual(text.trimEnd().split('\n'), [
    'cpu as a share of the total (operations are not known); medians of 6 old and 6 new profiles, intervals at 99%  ',
    "2 of 2 functions differ (p adjusted by Holm's method)",
    '',
    '| old | new | delta | interval | p | p (Holm) | function |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    '| 25.00% | 50.00% | +100.00% | \\[+100.00%, +100.00%\\] | 0.002 | 0.004 | \\<b\\>\\| |',
    '| 75.00% | 50.00% | -33.33% | \\[-33.33%, -33.33%\\] | 0.002 | 0.004 | a |',
  ]);
});

test('diff: nothing to compare', () => {
  assert.deepEqual(diffRows([new Map()], [new Map()], options), []);
});

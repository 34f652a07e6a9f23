import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PlotPoint, plotLines } from '../../src/table/plot.js';

const exact = (...values: readonly number[]): PlotPoint[] =>
  values.map((center) => ({ low: center, center, high: center }));

test('plotLines: points, intervals and marks', () => {
  const options = { width: 30, height: 5, format: String };
  const check = (points: readonly PlotPoint[], want: string): void =>
    assert.equal(`\n${plotLines(points, options).join('\n')}\n`, want);
  check([], '\n\n');
  check(
    exact(10, 20, 50),
    `
50 ┤      ●
   ┤
30 ┤
   ┤   ●
10 ┤●
   └─────────
`,
  );
  check(
    [
      { low: 20, center: 40, high: 50 },
      { low: 10, center: 10, high: 30, mark: '▼' },
    ],
    `
50 ┤│
   ┤●
30 ┤│  │
   ┤│  │
10 ┤   ●
   └──────
       ▼
`,
  );
  check(
    exact(7, 7),
    `
  ┤
  ┤
7 ┤●  ●
  ┤
  ┤
  └──────
`,
  );
});

test('plotLines: the newest points where there are too many', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i < 30 ? 100 : i));
  assert.deepEqual(plotLines(exact(...values), { width: 20, height: 3, format: String }), [
    '100 ┤●●●●●',
    ' 65 ┤',
    ' 30 ┤     ●●●●●●●●●●',
    '    └───────────────',
  ]);
});

test('plotLines: never wider than asked for', () => {
  const point = fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(fc.array(point, { maxLength: 50 }), fc.integer({ min: 20, max: 60 }), (raw, width) => {
      const points = raw.map(([center, low, high]) => ({ low: center - low, center, high: center + high }));
      const lines = plotLines(points, { width, height: 4, format: (value) => value.toPrecision(3) });
      assert.ok(lines.every((line) => [...line].length <= width));
      if (points.length > 0) assert.equal(lines.length, 5);
      const columns = lines.at(-1)?.match(/─/g)?.length ?? 0;
      const dots = lines.join('').match(/●/g)?.length ?? 0;
      assert.ok(points.length === 0 || columns % dots === 0, 'one dot for each point that is shown');
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleOf } from '../../src/stats/sample.js';
import { uTest } from '../../src/stats/u-test.js';
import { runOf, series } from './run-of.js';
import { statOf } from './stat-of.js';

/** The lines of a text, blanks as they are. */
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

test('stat: a row for each benchmark, a column for each run, all compared with the first', () => {
  const { text } = statOf({
    a: runOf({ 'X ns/op': series(100, 6), 'Y ns/op': series(100, 6) }, 'goos: linux\n'),
    b: runOf({ 'X ns/op': series(200, 6), 'Y ns/op': series(100, 6) }, 'goos: linux\n'),
    c: runOf({ 'X ns/op': series(100, 8) }, 'goos: linux\n'),
  });
  assert.deepEqual(linesOf(text), [
    'goos: linux',
    '        │      a      │                 b                  │                   c                   │',
    '        │   sec/op    │   sec/op     vs base               │   sec/op     vs base                  │',
    'X         102.5n ± 2%   202.5n ± 1%  +97.56% (p=0.002 n=6)   103.5n ± 3%       ~ (p=0.491 n=6+8)',
    'Y         102.5n ± 2%   102.5n ± 2%        ~ (p=1.000 n=6)',
    'geomean   102.5n        144.1n       +40.56%                 103.5n       +0.98%                 ¹',
    '¹ benchmark set differs from baseline; geomeans may not be comparable',
  ]);
});

test('stat: too few results, and what is needed', () => {
  const notes = (n: number, alpha: number, confidence: number): string[] => {
    const runs = { a: runOf({ 'X x': series(1, n) }), b: runOf({ 'X x': series(1, n) }) };
    return linesOf(statOf(runs, { alpha, confidence }).text).filter((line) => /^[¹²]/.test(line));
  };
  assert.deepEqual(notes(3, 0.05, 0.95), [
    '¹ need >= 6 samples for confidence interval at level 0.95',
    '² need >= 4 samples to detect a difference at alpha level 0.05',
  ]);
  assert.deepEqual(notes(5, 0.001, 0.99), [
    '¹ need >= 8 samples for confidence interval at level 0.99',
    '² need >= 7 samples to detect a difference at alpha level 0.001',
  ]);
  assert.deepEqual(notes(6, 1e-9, 1), [
    '¹ need > 50 samples for confidence interval at level 1',
    '² need > 10 samples to detect a difference at alpha level 1e-09',
  ]);
  assert.deepEqual(notes(6, 0.05, 0.95), []);
});

test('stat: single results, between others', () => {
  const before = {
    'A x': [1],
    'B x': [2],
    'C x': [Number.POSITIVE_INFINITY],
    'D x': [3],
    'E x': [4, 5],
    'F x': [6],
  };
  const after = { 'A x': [1], 'B x': [3], 'C x': [1], 'E x': [4], 'F x': [6], 'G x': [7] };
  const { text } = statOf({ a: runOf(before), b: runOf(after) });
  assert.deepEqual(linesOf(text), [
    '        │      a      │                 b                  │',
    '        │      x      │      x       vs base               │',
    'A         1.000 ± ∞ ¹   1.000 ± ∞ ¹  ~ (p=1.000 n=1)   ²',
    'B         2.000 ± ∞ ¹   3.000 ± ∞ ¹  ~ (p=1.000 n=1)   ³',
    'C          +Inf ± ∞ ¹   1.000 ± ∞ ¹  ~ (p=1.000 n=1)   ³',
    'D         3.000 ± ∞ ¹',
    'E         4.500 ± ∞ ¹   4.000 ± ∞ ¹  ~ (p=1.000 n=2+1) ³',
    'F         6.000 ± ∞ ¹   6.000 ± ∞ ¹  ~ (p=1.000 n=1)   ²',
    'G                       7.000 ± ∞ ¹',
    'geomean             ⁴   2.821        ?                 ⁵ ⁶',
    '¹ need >= 6 samples for confidence interval at level 0.95',
    '² all samples are equal',
    '³ need >= 4 samples to detect a difference at alpha level 0.05',
    '⁴ summaries must be >0 to compute geomean',
    '⁵ benchmark set differs from baseline; geomeans may not be comparable',
    '⁶ ratios must be >0 to compute geomean',
  ]);
  const exact = statOf({ a: runOf(before, 'Unit x assume=exact\n'), b: runOf(after) });
  assert.deepEqual(linesOf(exact.text), [
    '        │       a       │                b                 │',
    '        │       x       │     x       vs base              │',
    'A         1.000 ±  0%     1.000 ± 0%     0.00% (n=1)',
    'B         2.000 ±  0%     3.000 ± 0%   +50.00% (n=1)',
    'C          +Inf ±   ∞     1.000 ± 0%  -100.00% (n=1)',
    'D         3.000 ±  0%',
    'E         4.000 ± 25% ¹   4.000 ± 0%     0.00% (n=2+1)',
    'F         6.000 ±  0%     6.000 ± 0%     0.00% (n=1)',
    'G                         7.000 ± 0%',
    'geomean               ²   2.821       ?                ³ ⁴',
    '¹ exact distribution expected, but values range from 4 to 5',
    '² summaries must be >0 to compute geomean',
    '³ benchmark set differs from baseline; geomeans may not be comparable',
    '⁴ ratios must be >0 to compute geomean',
  ]);
});

test('stat: values without a spread, around 0 and from 0', () => {
  const row = (before: readonly number[], after: readonly number[]): string =>
    (linesOf(statOf({ a: runOf({ 'X x': before }), b: runOf({ 'X x': after }) }).text)[2] ?? '').replace(
      / +/g,
      ' ',
    );
  assert.equal(row([5, 5, 5, 5, 5, 5], [5, 5, 5, 5, 5, 5]), 'X 5.000 ± 0% 5.000 ± 0% ~ (p=1.000 n=6) ¹');
  assert.equal(row([0, 0, 0, 0, 0, 0], [3, 3, 3, 3, 3, 3]), 'X 0.000 ± 0% 3.000 ± 0% ? (p=0.002 n=6)');
  assert.equal(row([-1, -1, 1, 1, 1, 1], series(1, 6)), 'X 1.000 ± ? 3.500 ± 71% +250.00% (p=0.011 n=6)');
  assert.equal(row([1, 1, 1, 1, 1, 2], [1, 1, 1, 1, 1, 1]), 'X 1.000 ± 100% 1.000 ± 0% ~ (p=1.000 n=6)');
});

test('stat: a difference counts where p is alpha', () => {
  const [before, after] = [series(1, 4), series(11, 4)];
  const p = uTest(sampleOf(before), sampleOf(after)) ?? 1;
  const delta = (alpha: number): string => {
    const { text } = statOf({ a: runOf({ 'X x': before }), b: runOf({ 'X x': after }) }, { alpha });
    return /[~+]\S*/.exec(linesOf(text)[2] ?? '')?.[0] ?? '';
  };
  assert.equal(delta(p), '+400.00%');
  assert.equal(delta(p - 1e-15), '~');
  assert.equal(delta(1), '+400.00%');
});

test('stat: Holm adjusts for the number of tests', () => {
  const ps = (holm: boolean): string[] => {
    const before = {
      'A x': series(1, 6),
      'B x': series(1, 6),
      'C x': series(1, 6),
      'D x': [1, 1, 1, 1, 1, 1],
    };
    const after = {
      'A x': series(11, 6),
      'B x': series(4, 6),
      'C x': series(1, 6),
      'D x': [1, 1, 1, 1, 1, 1],
    };
    return [...statOf({ a: runOf(before), b: runOf(after) }, { holm }).text.matchAll(/\S+ \(p=(\S+)/g)].map(
      ([match]) => match,
    );
  };
  assert.deepEqual(ps(false), ['+285.71% (p=0.002', '+85.71% (p=0.035', '~ (p=1.000', '~ (p=1.000']);
  // D has nothing to test, so three are adjusted: 0.0022 × 3, 0.035 × 2, 1.
  assert.deepEqual(ps(true), ['+285.71% (p=0.006', '~ (p=0.069', '~ (p=1.000', '~ (p=1.000']);
});

test('stat: units of their own, exact or with a better direction', () => {
  const before = 'Unit size assume=exact\nBenchmarkX 1 100 size\n';
  const { text } = statOf({ a: before, b: 'BenchmarkX 1 105 size\nBenchmarkX 1 105 size\n' });
  assert.deepEqual(linesOf(text), [
    '  │     a      │             b              │',
    '  │    size    │    size     vs base        │',
    'X   100.0 ± 0%   105.0 ± 0%  +5.00% (n=1+2)',
  ]);
  const mixed = statOf({ a: `${before}BenchmarkX 1 101 size\nBenchmarkX 1 101 size\n` }).text;
  assert.equal(linesOf(mixed).at(-1), '¹ exact distribution expected, but values range from 100 to 101');
});

test('stat: results that were put together are told', () => {
  const run = runOf({ 'X/a=1 x': series(1, 6), 'X/a=2 x': series(1, 6) }, 'goos: linux\n');
  const last = (request: object): string => linesOf(statOf({ run }, request).text).at(-1) ?? '';
  assert.equal(last({ row: '.name' }), '¹ benchmarks vary in .fullname');
  assert.match(last({ row: '.name', ignore: '/a' }), /^X /);
  assert.match(last({ row: '.name', ignore: '.fullname' }), /^X /);
  const two = { run: `${run}goos: plan9\n${run.slice(12)}` };
  assert.equal(linesOf(statOf(two, { table: '' }).text).at(-1), '¹ benchmarks vary in goos');
});

test('stat: columns by any keys, with a title level for each', () => {
  const run = runOf({ 'X/f=a/n=1 x': [1], 'X/f=a/n=2 x': [1], 'X/f=b/n=1 x': [1] });
  assert.deepEqual(linesOf(statOf({ run }, { row: '.name', col: '/f /n' }).text).slice(0, 3), [
    '  │                      a                       │               b                │',
    '  │      1      │               2                │               1                │',
    '  │      x      │      x       vs base           │      x       vs base           │',
  ]);
  assert.deepEqual(linesOf(statOf({ run }, { row: '', col: '' }).text), [
    ' │       x       │',
    '   1.000 ± ∞ ¹ ²',
    '¹ benchmarks vary in .fullname',
    '² need >= 6 samples for confidence interval at level 0.95',
  ]);
});

test('stat: a table for each unit and configuration, with what has changed above', () => {
  const run = 'b: 2\na: 1\nBenchmarkX 1 1 x 1 y\na: 0\nBenchmarkX 1 1 x\nb:\nBenchmarkX 1 1 x\n';
  const heads = linesOf(statOf({ run }).text).filter((line) => /^(\w: ?.*| {2}│ +[xy] +│)$/.test(line));
  // Keys stand in their order of appearance, values in that of texts; those of one unit in that of units.
  assert.deepEqual(
    heads.map((line) => line.replace(/ +/g, ' ')),
    ['b: ', 'a: 0', ' │ x │', 'b: 2', ' │ x │', 'a: 1', ' │ x │', ' │ y │'],
  );
});

test('stat: comma-separated values', () => {
  const { csv, csvWarnings } = statOf({
    a: runOf({ 'X,1 ns/op': series(100, 6), 'Y MB/s': [1] }, 'pkg: a\n'),
    b: runOf({ 'X,1 ns/op': series(200, 6), 'Z MB/s': [2] }, 'pkg: a\n'),
  });
  assert.deepEqual(linesOf(csv), [
    'pkg: a',
    ',a,,b,,,',
    ',sec/op,CI,sec/op,CI,vs base,P',
    '"X,1",1.025e-07,2%,2.0250000000000002e-07,1%,+97.56%,p=0.002 n=6',
    'geomean,1.024999999999999e-07,,2.0249999999999986e-07,,+97.56%,',
    '',
    ',a,,b,,,',
    ',B/s,CI,B/s,CI,vs base,P',
    'Y,1e+06,∞',
    'Z,,,2e+06,∞',
    'geomean,999999.9999999995,,1.9999999999999993e+06,,?,',
  ]);
  assert.deepEqual(csvWarnings, [
    'B9: need >= 6 samples for confidence interval at level 0.95',
    'D10: need >= 6 samples for confidence interval at level 0.95',
    'D11: benchmark set differs from baseline; geomeans may not be comparable',
    'D11: ratios must be >0 to compute geomean',
  ]);
});

test('stat: NaN is left out, values that cannot be scaled are told', () => {
  const run =
    'BenchmarkX 1 NaN ns/op 1 B/op\nBenchmarkX 1 0 ns/op\nBenchmarkX 1 0 ns/op\nBenchmarkX 1 -Inf ns/op\n';
  const { problems, tables } = statOf({ run });
  assert.deepEqual(problems, [
    'run:1: NaN ns/op is left out',
    'run:2: 0 ns/op is in a table of its own, like all such values',
  ]);
  assert.deepEqual(
    tables.map(({ unit }) => unit),
    ['B/op', 'ns/op'],
  );
});

test('stat: what keeps results from being compared', () => {
  const advice = (before: string, after: string, request = {}): readonly string[] =>
    statOf({ 'a.txt': before, 'b.txt': after }, request).advice;
  const x = 'BenchmarkX-4 1 1 x\n';
  assert.deepEqual(advice(x, x), []);
  assert.deepEqual(advice(x, `node: v20\n${x}`), [
    'a.txt and b.txt are not compared: only b.txt has "node"\nCompare them all the same with --ignore=node.',
  ]);
  assert.deepEqual(advice(`cpu: A\npkg: p\n${x}`, `cpu: B\n${x}`), [
    'a.txt and b.txt are not compared: "cpu" is "A" in a.txt and "B" in b.txt, only a.txt has "pkg"\n' +
      'Compare them all the same with --ignore=cpu,pkg.',
  ]);
  assert.deepEqual(advice(x, x.replace('-4', '-8')), [
    'X-4 of a.txt and X-8 of b.txt are not compared: their numbers of threads differ\n' +
      'Compare them all the same with --ignore=/gomaxprocs.',
  ]);
  assert.match(advice(x, x, { col: '/fromat' })[0] ?? '', /^--col: no result has "\/fromat"\n/);
  // Nobody meant to compare these.
  assert.deepEqual(advice(`pkg: p\n${x}`, `pkg: q\n${x.replace('X', 'Y')}`), []);
  assert.deepEqual(advice(`pkg: p\n${x}pkg: q\n${x}`, `pkg: p\n${x}pkg: q\n${x}`), []);
});

test('stat: the same values in any order, by any path', () => {
  const values = fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const text = (before: readonly number[], after: readonly number[]): string =>
        statOf({ a: runOf({ 'X x': before }), b: runOf({ 'X x': after }) }).text;
      assert.equal(text(a, b), text([...a].reverse(), [...b].sort()));
    }),
  );
});

test('stat: all runs have tables whose lines fit their heads', () => {
  const name = fc.constantFrom('X', 'Y/a=1', 'Z/a=2-8', 'é', '');
  const unit = fc.constantFrom('ns/op', 'B/op', 'MB/s', 'x');
  const value = fc.oneof(
    fc.integer({ min: -1, max: 3000 }),
    fc.constantFrom('Inf', 'NaN', 'abc', '1e300', '1e-300'),
  );
  const line = fc.tuple(name, value, unit).map(([n, v, u]) => `Benchmark${n} 1 ${v} ${u}`);
  const other = fc.constantFrom('goos: linux', 'goos:', 'a: 1', 'Unit x assume=exact', 'PASS', '');
  const run = fc
    .array(fc.oneof({ arbitrary: line, weight: 5 }, other), { maxLength: 30 })
    .map((all) => all.join('\n'));
  const keys = fc.constantFrom('.config', '.name', '.fullname', '/a@num', '.file', '', 'goos');
  fc.assert(
    fc.property(run, run, fc.record({ row: keys, col: keys, table: keys }), (a, b, request) => {
      const { text, csv } = statOf({ a, b }, request);
      assert.ok(!/undefined|\[object|[^\S\n]+$/.test(text.replace(/^\S+: $/gm, '')), text);
      assert.ok(!/undefined/.test(csv), csv);
    }),
  );
});

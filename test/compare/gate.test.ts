import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeRuns } from '../../src/compare/cmp-gate.js';
import { limitOf, parseFailOver } from '../../src/compare/fail-over.js';
import { formatRegression, type GateReport, type GateRules } from '../../src/compare/gate.js';
import { parseRuns } from '../../src/compare/parse-run.js';
import { runOf, series } from './run-of.js';
import { statOf } from './stat-of.js';

test('parseFailOver: a limit for all, for each unit, or both', () => {
  const check = (texts: readonly string[], unit: string, want: number | undefined): void => {
    assert.equal(limitOf(parseFailOver(texts), unit), want, `${texts} ${unit}`);
  };
  check(['5%'], 'sec/op', 0.05);
  check(['2.5%'], 'x', 0.025);
  check(['0'], 'x', 0);
  check(['ns/op=5%,allocs/op=0'], 'sec/op', 0.05);
  check(['ns/op=5%,allocs/op=0'], 'ns/op', 0.05);
  check(['ns/op=5%,allocs/op=0'], 'allocs/op', 0);
  check(['ns/op=5%,allocs/op=0'], 'B/op', undefined);
  check(['5%', 'B/op=10%'], 'B/op', 0.1);
  check(['B/op=10%', '5%'], 'B/op', 0.1);
  check(['5%', '7%'], 'x', 0.07);
  check(['a=b=5%'], 'a=b', 0.05);
});

test('parseFailOver: what is no limit', () => {
  for (const text of ['', '5', 'x', '5 %', '-5%', '1e3%', 'ns/op', 'ns/op=', '=5%', '5%,', 'ns/op=5']) {
    assert.throws(() => parseFailOver([text]), { code: 'usage' }, text);
  }
});

const rules: GateRules = { failOver: parseFailOver(['5%']), alpha: 0.05, single: false };

/** What the gate of `prof stat` says, and that of `prof cmp`, where both know the unit. */
function judge(
  before: Readonly<Record<string, readonly number[]>>,
  after: Readonly<Record<string, readonly number[]>>,
  changed: Partial<GateRules> = {},
): string[] {
  const own = { ...rules, ...changed };
  const show = ({ failed, undecided }: GateReport): string[] => [
    ...failed.map((each) => `failed: ${formatRegression(each)}`),
    ...undecided.map((each) => `undecided: ${formatRegression(each)}`),
  ];
  const stat = show(statOf({ a: runOf(before), b: runOf(after) }, own).judge(own));
  const cmp = show(judgeRuns(...parseRuns(runOf(before), runOf(after)), own));
  const asStat = cmp.map((line) =>
    line.replace('Benchmark', '').replace('ns/op', 'sec/op').replace('MB/s', 'B/s'),
  );
  assert.deepEqual(asStat.sort(), stat.sort());
  return stat;
}

test('gate: repetitions need a significant difference beyond the limit', () => {
  const times = (first: number, n: number): Record<string, number[]> => ({ 'X ns/op': series(first, n) });
  assert.deepEqual(judge(times(100, 6), times(110, 6)), ['failed: X sec/op: +9.76% (p=0.002 n=6), limit 5%']);
  assert.deepEqual(judge(times(100, 6), times(105, 6)), []); // +4.88 %
  assert.deepEqual(judge(times(110, 6), times(100, 6)), []); // better
  assert.deepEqual(judge(times(100, 20), times(106, 20)), [
    'failed: X sec/op: +5.48% (p=0.005 n=20), limit 5%',
  ]);
  assert.deepEqual(judge(times(100, 20), times(106, 20), { alpha: 1e-6 }), []); // may be chance
  assert.deepEqual(judge(times(100, 6), times(110, 5)), [
    'undecided: X sec/op: +9.27% (p=0.004 n=6+5), limit 5%',
  ]);
  assert.deepEqual(judge(times(100, 1), times(110, 6)), [
    'undecided: X sec/op: +12.50% (p=0.286 n=1+6), limit 5%',
  ]);
});

test('gate: exactly the limit is within it', () => {
  const many = (value: number): Record<string, number[]> => ({ 'X ns/op': new Array(6).fill(value) });
  for (const value of [100, 7, 0.3, 1e9 / 3]) {
    assert.deepEqual(judge(many(value), many(value * 1.05)), [], String(value));
    assert.equal(judge(many(value), many(value * 1.0501)).length, 1, String(value));
  }
});

test('gate: of single results only those that are counted are judged', () => {
  const all = { 'X ns/op': [100], 'X B/op': [100], 'X allocs/op': [1] };
  const worse = { 'X ns/op': [200], 'X B/op': [106], 'X allocs/op': [2] };
  assert.deepEqual(judge(all, worse), [
    'failed: X B/op: +6.00% (n=1), limit 5%',
    'failed: X allocs/op: +100.00% (n=1), limit 5%',
    'undecided: X sec/op: +100.00% (n=1), limit 5%',
  ]);
  assert.equal(judge(all, worse, { single: true }).length, 3);
  assert.deepEqual(judge(all, worse, { failOver: parseFailOver(['allocs/op=0']) }), [
    'failed: X allocs/op: +100.00% (n=1), limit 0%',
  ]);
});

test('gate: from nothing to something is beyond every limit', () => {
  assert.deepEqual(
    judge({ 'X allocs/op': [0] }, { 'X allocs/op': [1] }, { failOver: parseFailOver(['900%']) }),
    ['failed: X allocs/op: up from 0 (n=1), limit 900%'],
  );
  assert.deepEqual(judge({ 'X allocs/op': [0] }, { 'X allocs/op': [0] }), []);
});

test('gate: more speed is better', () => {
  assert.deepEqual(judge({ 'X MB/s': series(100, 6) }, { 'X MB/s': series(80, 6) }), [
    'failed: X B/s: -19.51% (p=0.002 n=6), limit 5%',
  ]);
  assert.deepEqual(judge({ 'X MB/s': series(100, 6) }, { 'X MB/s': series(120, 6) }), []);
});

test('gate: units with a word on them, and without', () => {
  const report = (head: string): GateReport =>
    statOf({ a: runOf({ 'X score': series(50, 6) }, head), b: runOf({ 'X score': series(10, 6) }) }).judge(
      rules,
    );
  assert.equal(report('Unit score better=higher\n').failed.length, 1);
  assert.equal(report('Unit score better=lower\n').failed.length, 0);
  assert.deepEqual([...report('').unknown], ['score']);
  assert.equal(report('').judged, 0);
  const exact = statOf({
    a: 'Unit size assume=exact better=lower\nBenchmarkX 1 1 size\n',
    b: 'BenchmarkX 1 2 size\n',
  });
  assert.equal(exact.judge(rules).failed.length, 1);
});

test('gate: a unit is that of its last word', () => {
  const runs = { a: runOf({ 'X p99-ns/op': series(100, 6) }), b: runOf({ 'X p99-ns/op': series(200, 6) }) };
  assert.deepEqual(statOf(runs).judge(rules).failed.map(formatRegression), [
    'X p99-sec/op: +97.56% (p=0.002 n=6), limit 5%',
  ]);
});

test('gate: every column is compared with the first', () => {
  const runs = { a: series(100, 6), b: series(100, 6), c: series(200, 6) };
  const texts = Object.fromEntries(
    Object.entries(runs).map(([key, values]) => [key, runOf({ 'X ns/op': values })]),
  );
  assert.deepEqual(statOf(texts).judge(rules).failed.map(formatRegression), [
    'X sec/op in c: +97.56% (p=0.002 n=6), limit 5%',
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CmpOptions, compareRuns } from '../../src/compare/benchcmp.js';
import { cmpUnits } from '../../src/compare/cmp-unit.js';
import { formatCmp, formatIgnored } from '../../src/compare/format-cmp.js';
import { parseRuns, RunReader } from '../../src/compare/parse-run.js';

const plain: CmpOptions = { best: false, changed: false, mag: false };

/** Compares two runs, lines separated by `;`, and gives the text's lines with single blanks. */
function compare(before: string, after: string, options: Partial<CmpOptions> = {}): string[] {
  const runs = parseRuns(before.replaceAll(';', '\n'), after.replaceAll(';', '\n'));
  const { sections, ignored } = compareRuns(...runs, { ...plain, ...options });
  const text = Array.from(ignored, formatIgnored).join('') + formatCmp(sections);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));
}

const time = 'benchmark old ns/op new ns/op delta';
const speed = 'benchmark old MB/s new MB/s speedup';
const bytes = 'benchmark old bytes new bytes delta';
const allocs = 'benchmark old allocs new allocs delta';

test('cmp: digits of a time', () => {
  const check = (before: string, after: string, want: string): void => {
    assert.deepEqual(compare(`BenchmarkX 1 ${before} ns/op`, `BenchmarkX 1 ${after} ns/op`), [time, want]);
  };
  check('100.5', '101.5', 'BenchmarkX 100 102 +1.00%'); // ties to even
  check('9.994', '9.996', 'BenchmarkX 9.99 10.00 +0.02%');
  check('99.94', '99.96', 'BenchmarkX 99.9 100.0 +0.02%');
  check('800', '801', 'BenchmarkX 800 801 +0.12%'); // a tie in binary: 0.125
  check('0', '0', 'BenchmarkX 0.00 0.00 +0.00%');
  check('0', '1', 'BenchmarkX 0.00 1.00 +Inf%');
  check('1', '0', 'BenchmarkX 1.00 0.00 -100.00%');
  check('1000000', '999999.99', 'BenchmarkX 1000000 1000000 -0.00%');
  check('1e21', '2e21', 'BenchmarkX 1000000000000000000000 2000000000000000000000 +100.00%');
  check('Inf', 'Inf', 'BenchmarkX +Inf +Inf +NaN%');
});

test('cmp: the order of sections, and an empty line before all but the times', () => {
  const run = 'BenchmarkX 1 8 B/op 2 allocs/op 3 MB/s 4 ns/op';
  assert.deepEqual(compare(run, run), [
    ...[time, 'BenchmarkX 4.00 4.00 +0.00%', ''],
    ...[speed, 'BenchmarkX 3.00 3.00 1.00x', ''],
    ...[allocs, 'BenchmarkX 2 2 +0.00%', ''],
    ...[bytes, 'BenchmarkX 8 8 +0.00%'],
  ]);
  assert.deepEqual(compare('BenchmarkX 1 8 B/op', 'BenchmarkX 1 9 B/op'), [
    '',
    bytes,
    'BenchmarkX 8 9 +12.50%',
  ]);
});

test('cmp: whole numbers are exact', () => {
  assert.deepEqual(compare('BenchmarkX 1 9007199254740993 B/op', 'BenchmarkX 1 18446744073709551615 B/op'), [
    ...['', bytes],
    'BenchmarkX 9007199254740993 18446744073709551615 +204700.00%',
  ]);
});

test('cmp: repetitions side by side, in the order of the old run', () => {
  const before = 'BenchmarkA 1 1 ns/op;BenchmarkB 1 2 ns/op;BenchmarkA 1 3 ns/op';
  const after = 'BenchmarkB 1 20 ns/op;BenchmarkA 1 10 ns/op;BenchmarkA 1 30 ns/op';
  assert.deepEqual(compare(before, after), [
    time,
    'BenchmarkA 1.00 10.0 +900.00%',
    'BenchmarkB 2.00 20.0 +900.00%',
    'BenchmarkA 3.00 30.0 +900.00%',
  ]);
});

test('cmp: names in one run only, or not as often', () => {
  assert.deepEqual(
    compare(
      'BenchmarkA 1 1 ns/op;BenchmarkB 1 1 ns/op;BenchmarkB 1 1 ns/op',
      'BenchmarkC 1 1 ns/op;BenchmarkB 1 1 ns/op',
    ),
    [
      'ignoring BenchmarkA: before has 1 instances, after has 0',
      'ignoring BenchmarkB: before has 2 instances, after has 1',
      'ignoring BenchmarkC: before has 0 instances, after has 1',
    ],
  );
});

test('cmp --best: the fastest result, at the place of the first', () => {
  const before = 'BenchmarkA 1 3 ns/op 30 B/op;BenchmarkB 1 1 ns/op;BenchmarkA 1 2 ns/op 20 B/op';
  const after = 'BenchmarkA 1 4 ns/op 40 B/op;BenchmarkB 1 1 ns/op;BenchmarkB 1 1 ns/op';
  assert.deepEqual(compare(before, after, { best: true }), [
    ...[time, 'BenchmarkA 2.00 4.00 +100.00%', 'BenchmarkB 1.00 1.00 +0.00%', ''],
    ...[bytes, 'BenchmarkA 20 40 +100.00%'],
  ]);
  // A result without a time counts as 0 ns/op, so it is the fastest.
  assert.deepEqual(
    compare('BenchmarkA 1 3 ns/op 30 B/op;BenchmarkA 1 20 B/op', after, { best: true }).at(-1),
    'BenchmarkA 20 40 +100.00%',
  );
});

test('cmp --changed: equal values are left out, section by section', () => {
  const before = 'BenchmarkA 1 3 ns/op 30 B/op;BenchmarkB 1 1 ns/op 5 B/op';
  const after = 'BenchmarkA 1 3 ns/op 31 B/op;BenchmarkB 1 1.000001 ns/op 5 B/op';
  assert.deepEqual(compare(before, after, { changed: true }), [
    ...[time, 'BenchmarkB 1.00 1.00 +0.00%', ''],
    ...[bytes, 'BenchmarkA 30 31 +3.33%'],
  ]);
  assert.deepEqual(compare(before, before, { changed: true }), ['']);
});

test('cmp --mag: most changed first, from and to 0 last, ties by name', () => {
  const names = ['B', 'A', 'é', 'z', 'Z', 'n'];
  const run = (values: number[]): string =>
    names.map((name, i) => `Benchmark${name} 1 ${values[i]} ns/op`).join(';');
  const lines = compare(run([10, 10, 10, 0, 10, 10]), run([10, 10, 10, 5, 20, 1]), { mag: true });
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    ['benchmark', 'Benchmarkn', 'BenchmarkZ', 'BenchmarkA', 'BenchmarkB', 'Benchmarké', 'Benchmarkz'],
  );
});

test('parseRuns: which lines and values count', () => {
  const check = (line: string, want: string): void => {
    const [run] = parseRuns(line, '');
    const values = cmpUnits.flatMap((unit) => {
      const value = run.value(0, unit);
      return value === undefined ? [] : [`${value} ${unit}`];
    });
    const name = run.size === 0 ? 'none' : run.names.text(run.nameId(0));
    assert.equal([name, ...values].join(', '), want, line);
  };
  check('BenchmarkX 1 2 ns/op', 'BenchmarkX, 2 ns/op');
  check(' \tBenchmarkX\u00a01\u30002\u0085ns/op\r', 'BenchmarkX, 2 ns/op'); // blanks as Go knows them
  check('Benchmarklower 1', 'Benchmarklower');
  check('Benchmark 1', 'Benchmark');
  check('BenchmarkX 1 2 ns/op 3', 'BenchmarkX, 2 ns/op'); // an odd word at the end
  check('BenchmarkX 1 12.5 B/op', 'BenchmarkX'); // whole or nothing
  check('BenchmarkX 1 -1 allocs/op', 'BenchmarkX');
  check('BenchmarkX 1 0x10 allocs/op 1_0 B/op 0x1p4 ns/op', 'BenchmarkX, 16 ns/op');
  check('BenchmarkX 1 9007199254740993 B/op 5 B/op', 'BenchmarkX, 5 B/op');
  check('BenchmarkX 1 1 ns/op x ns/op 3 ns/op', 'BenchmarkX, 3 ns/op');
  check('BenchmarkX 1 7 widgets/op', 'BenchmarkX');
  check('BenchmarkX 1 x widgets/op 3 MB/s', 'BenchmarkX, 3 MB/s');
  check('BenchmarkX -1 1 ns/op', 'BenchmarkX, 1 ns/op');
  check('BenchmarkX 1e3 1 ns/op', 'none');
  check('BenchmarkX', 'none');
  check('xBenchmarkX 1 1 ns/op', 'none');
  check('x\n\ufeffBenchmarkX 1 1 ns/op', 'none');
  check('BenchmarkX 1 7 B/op 3 MB/s x\nBenchmarkY 1 2 ns/op', 'BenchmarkX, 3 MB/s, 7 B/op');
  check('BenchmarkX 1x 7 B/op\nBenchmarkY 1 2 ns/op', 'BenchmarkY, 2 ns/op'); // nothing stays behind of the first
});

test('RunReader: what benchcmp leaves out without a word', () => {
  const problems: string[] = [];
  const reader = new RunReader(({ line, message }) => problems.push(`${line}: ${message}`));
  const lines = [
    'BenchmarkX 1 12.5 B/op 1_0 allocs/op 1 ns/op',
    'BenchmarkX 1e3 1 ns/op',
    'BenchmarkX 1 fast ns/op',
    'BenchmarkX 1 1 ns/op 7',
    'BenchmarkX 1 x widgets/op',
    'BenchmarkX',
    'BenchmarkX is fast',
  ];
  // Pieces may end anywhere.
  for (const byte of Buffer.from(lines.join('\n'))) reader.push(Uint8Array.of(byte));
  assert.equal(reader.end().size, 4);
  assert.deepEqual(problems, [
    '1: "12.5 B/op" is left out: it is no whole number',
    '1: "1_0 allocs/op" is left out: it is no whole number',
    '2: "1e3" is no number of iterations',
    '3: "fast ns/op" is left out: it is no number',
    '4: "7" has no unit',
  ]);
});

test('cmp: returns for all texts', () => {
  const word = fc.constantFrom(
    'BenchmarkX',
    'BenchmarkY',
    '1',
    '0',
    'Inf',
    'NaN',
    '-1',
    'ns/op',
    'B/op',
    'MB/s',
    '\n',
    ' ',
  );
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));
  const options = fc.record({ best: fc.boolean(), changed: fc.boolean(), mag: fc.boolean() });
  fc.assert(
    fc.property(text, text, options, (before, after, options) => {
      formatCmp(compareRuns(...parseRuns(before, after), options).sections);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BenchReader, type BenchRecord } from '../../src/benchfmt/reader.js';

/** A record as one line of text. */
function show(record: BenchRecord): string {
  const at = `${record.line}`;
  switch (record.kind) {
    case 'config':
      return `${at} ${record.key}=${record.value}`;
    case 'unit':
      return `${at} unit ${record.unit} ${record.key}=${record.value}`;
    case 'syntaxError':
      return `${at} error: ${record.message}`;
    case 'result': {
      const values = record.measurements.map(({ value, unit, original }) => {
        return `${value} ${unit}${original === undefined ? '' : ` (${original.value} ${original.unit})`}`;
      });
      const config = [...record.config].map(([key, value]) => ` ${key}=${value}`).join('');
      return `${at} ${record.name} ${record.iterations} ${values.join(', ')}${config}`;
    }
  }
}

function check(lines: readonly string[], ...want: string[]): void {
  const records = [...new BenchReader().read(lines.join('\n'), 'run.txt')];
  assert.deepEqual(records.map(show), want);
}

test('BenchReader: results, with the configuration at their line', () => {
  check(
    ['goos: linux', 'BenchmarkHi-8  100  1662 ns/op  720 B/op', 'goos:', 'pkg:  a b \r', 'BenchmarkHo 1 2 x'],
    '1 goos=linux',
    '2 Hi-8 100 0.0000016620000000000001 sec/op (1662 ns/op), 720 B/op goos=linux',
    '3 goos=',
    '4 pkg=a b ',
    '5 Ho 1 2 x pkg=a b ',
  );
});

test('BenchReader: values in base units', () => {
  check(
    ['BenchmarkX 1 2 MB/s 3 p50-ns/op 4 op/ns'],
    '1 X 1 2000000 B/s (2 MB/s), 3.0000000000000004e-9 p50-sec/op (3 p50-ns/op), 4 op/ns',
  );
  check(['BenchmarkX 1 0 ns/op'], '1 X 1 0 ns/op'); // as in Go: what scaling does not change keeps its unit
});

test('BenchReader: what is no configuration', () => {
  for (const line of [
    'Goos: linux',
    ' goos: linux',
    'go os: linux',
    'goOs: linux',
    'goos:linux',
    'goos',
    ': x',
    'PASS',
    '--- x: y',
    '',
  ]) {
    check([line]);
  }
  check(['é/key=1: \t x: y'], '1 é/key=1=x: y');
  check(['k:   '], '1 k=');
});

test('BenchReader: wrong lines are told, and reading goes on', () => {
  check(
    [
      'BenchmarkX', // go test -v
      'BenchmarkX 1.5 1 ns/op',
      'BenchmarkX 99999999999999999999 1 ns/op',
      'BenchmarkX 1',
      'BenchmarkX 1 fast ns/op',
      'BenchmarkX 1 1e400 ns/op',
      'BenchmarkX 1 1 ns/op 2',
      ' BenchmarkX 1 1 ns/op',
      'Benchmark 1 1 x',
    ],
    '2 error: parsing iteration count: invalid syntax',
    '3 error: parsing iteration count: value out of range',
    '4 error: missing measurements',
    '5 error: parsing measurement: invalid syntax',
    '6 error: parsing measurement: value out of range',
    '7 error: missing units',
    '9  1 1 x',
  );
});

test('BenchReader: what is said about units holds for all files', () => {
  const reader = new BenchReader();
  const first = [...reader.read('Unit ns/op better=lower assume=exact\nUnit\nUnit x y\nUnits x=y', 'a.txt')];
  assert.deepEqual(first.map(show), [
    '1 unit sec/op better=lower',
    '1 unit sec/op assume=exact',
    '2 error: missing unit',
    '3 error: expected key=value',
  ]);
  const second = [...reader.read('Unit sec/op better=lower\nUnit ns/op better=higher', 'b.txt')];
  assert.deepEqual(second.map(show), ['2 error: metadata better of unit ns/op already set to lower']);
  assert.equal(reader.unitMetadata('ns/op', 'assume'), 'exact');
  assert.equal(reader.unitMetadata('B/op', 'assume'), undefined);
});

test('BenchReader: the configuration starts empty with each file', () => {
  const reader = new BenchReader();
  assert.equal([...reader.read('a: b', 'a.txt')].length, 1);
  assert.deepEqual([...reader.read('BenchmarkX 1 1 x', 'b.txt')].map(show), ['1 X 1 1 x']);
});

test('BenchReader: returns for all texts', () => {
  const word = fc.constantFrom(
    'BenchmarkX',
    'Unit',
    'goos:',
    'x',
    '1',
    'ns/op',
    '=',
    'a=b',
    '\n',
    ' ',
    '\t',
    '\r',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
      assert.ok([...new BenchReader().read(words.join(' '), 'x')].every(({ line }) => line >= 1));
    }),
  );
});

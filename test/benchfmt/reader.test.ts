import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { longestLine } from '../../src/benchfmt/lines.js';
import { type BenchLine, BenchReader, type BenchVisitor, type Problem } from '../../src/benchfmt/reader.js';

/** Keeps all that a reader finds, as a line of text each. */
class Listener implements BenchVisitor {
  readonly reader: BenchReader = new BenchReader(this);
  readonly found: string[] = [];

  result({ line, name, config, count, values, metrics }: BenchLine): void {
    const texts = [...values.subarray(0, count)].map((value, i) => {
      const { unit, original } = this.reader.metrics[metrics[i] ?? -1] ?? { unit: '?' };
      return `${value} ${unit}${original === undefined ? '' : ` (${original})`}`;
    });
    const settings = this.reader.configs[config]?.settings.map(([key, value]) => ` ${key}=${value}`) ?? [];
    this.found.push(`${line} ${this.reader.name(name)} ${texts.join(', ')}${settings.join('')}`);
  }

  problem({ line, message }: Problem): void {
    this.found.push(`${line} error: ${message}`);
  }

  /** Reads a file in pieces of so many bytes. */
  read(text: string | Uint8Array, size: number): string[] {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    const before = this.found.length;
    this.reader.open({ file: 'run.txt', label: 'run' });
    for (let i = 0; i < bytes.length; i += size) this.reader.push(bytes.slice(i, i + size));
    this.reader.end();
    return this.found.slice(before);
  }
}

/** Whatever the pieces that a file comes in, the same is found. */
function check(text: string | Uint8Array, ...want: string[]): void {
  for (const size of [1, 7, 1 << 20])
    assert.deepEqual(new Listener().read(text, size), want, `pieces of ${size}`);
}

const lines = (...all: string[]): string => all.join('\n');

test('BenchReader: results, with the configuration at their line', () => {
  check(
    lines(
      'goos: linux',
      'BenchmarkHi-8  100  1662 ns/op  720 B/op',
      'goos:',
      'pkg:  a b \r',
      'BenchmarkHo 1 2 x',
    ),
    '2 Hi-8 0.0000016620000000000001 sec/op (ns/op), 720 B/op goos=linux',
    '5 Ho 2 x pkg=a b ',
  );
});

test('BenchReader: values in base units', () => {
  check(
    'BenchmarkX 1 2 MB/s 3 p50-ns/op 4 op/ns',
    '1 X 2000000 B/s (MB/s), 3.0000000000000004e-9 p50-sec/op (p50-ns/op), 4 op/ns',
  );
  check('BenchmarkX 1 0 ns/op', '1 X 0 ns/op'); // as in Go: what scaling does not change keeps its unit
  check('BenchmarkX 1 inf ns/op', '1 X Infinity ns/op');
});

test('BenchReader: the last key takes the place of one that is unset', () => {
  check(lines('a: 1', 'b: 2', 'c: 3', 'a:', 'BenchmarkX 1 1 x'), '5 X 1 x c=3 b=2');
});

test('BenchReader: names, numbers and blanks of all kinds', () => {
  check('BenchmarkX\u00a01\u30001\u2003ns/op\r\n', '1 X 1e-9 sec/op (ns/op)');
  check('Benchmarkü/π=1 1 1_0 x 0x1p4 x .5 x 5. x +7 x 1e3 x', '1 ü/π=1 10 x, 16 x, 0.5 x, 5 x, 7 x, 1000 x');
  check('Benchmark 1 9999999999999999999999999999999 x', '1  1e+31 x');
  check('BenchmarkX +1 123456789012345678 x', '1 X 123456789012345680 x');
  check('Benchmark-8 -1 -1 x 00.10 x', '1 -8 -1 x, 0.1 x');
  check('\tBenchmarkX', ...[]);
});

test('BenchReader: what is no configuration', () => {
  for (const line of [
    ...['Goos: linux', ' goos: linux', 'go os: linux', 'goOs: linux', 'goos:linux', 'goos', ': x'],
    ...['PASS', '--- x: y', ''],
  ]) {
    check(lines(line, 'BenchmarkX 1 1 x'), '2 X 1 x');
  }
  check(lines('é/key=1: \t x: y', 'k:   ', 'BenchmarkX 1 1 x'), '3 X 1 x é/key=1=x: y');
});

test('BenchReader: wrong lines are told, and reading goes on', () => {
  check(
    lines(
      'BenchmarkX', // go test -v
      'BenchmarkX ', // a result that was cut
      'BenchmarkX 1.5 1 ns/op',
      'BenchmarkX 99999999999999999999 1 ns/op',
      'BenchmarkX 1',
      'BenchmarkX 1 fast ns/op',
      'BenchmarkX 1 1e400 ns/op',
      'BenchmarkX 1 1 ns/op 2',
      '  BenchmarkX 1 1 ns/op',
      '  BenchmarkX is fast',
      'Benchmark 1 1 x',
    ),
    '2 error: missing iteration count',
    '3 error: parsing iteration count: invalid syntax',
    '4 error: parsing iteration count: value out of range',
    '5 error: missing measurements',
    '6 error: parsing measurement: invalid syntax',
    '7 error: parsing measurement: value out of range',
    '8 error: missing units',
    '9 error: a result has to begin at the start of its line',
    '11  1 x',
  );
});

test('BenchReader: what is said about units holds for all files', () => {
  const listener = new Listener();
  const first = lines(
    'Unit ns/op better=lower assume=exact',
    'Unit',
    'Unit x y',
    'Units x=y',
    'Unit ns/op better=',
  );
  assert.deepEqual(listener.read(first, 9), [
    '2 error: missing unit',
    '3 error: expected key=value',
    '5 error: metadata better of unit ns/op already set to lower',
  ]);
  assert.deepEqual(listener.read('Unit sec/op better=lower\nUnit ns/op better=higher', 9), [
    '2 error: metadata better of unit ns/op already set to lower',
  ]);
  const { units } = listener.reader;
  assert.deepEqual([units.get('ns/op', 'assume'), units.get('B/op', 'assume')], ['exact', undefined]);
});

test('BenchReader: the configuration starts empty with each file, equal ones have one number', () => {
  const listener = new Listener();
  assert.deepEqual(listener.read('a: b\nBenchmarkX 1 1 x', 9), ['2 X 1 x a=b']);
  assert.deepEqual(listener.read('BenchmarkX 1 1 x', 9), ['1 X 1 x']);
  assert.deepEqual(listener.read('BenchmarkX 1 1 x\na: b\nBenchmarkX 1 1 x', 9), ['1 X 1 x', '3 X 1 x a=b']);
  assert.equal(listener.reader.configs.length, 2);
  assert.equal(listener.reader.resultCount, 4);
});

test('BenchReader: byte order marks and UTF-16', () => {
  const text = 'pkg: é\r\nBenchmarkX 1 1 x\r\n';
  const want = '2 X 1 x pkg=é';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  check(`\ufeff${text}`, want);
  check(utf16, want);
  check(Buffer.from(utf16).swap16(), want);
  check(Buffer.of(0xff, 0xfe), ...[]);
});

test('BenchReader: a line without end is a problem, not a flood', () => {
  const listener = new Listener();
  const long = `Benchmark${'x'.repeat(longestLine)}`;
  assert.deepEqual(listener.read(lines(long, 'BenchmarkX 1 1 x', long), 1 << 16), [
    `1 error: line of more than ${longestLine} bytes`,
    '2 X 1 x',
    `3 error: line of more than ${longestLine} bytes`,
  ]);
});

const word = fc.constantFrom(
  ...[
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
    '1e3',
    'é',
    '\u2003',
  ],
);

test('BenchReader: returns for all bytes, whatever the pieces', () => {
  const text = fc
    .array(fc.oneof(word, fc.string()), { maxLength: 60 })
    .map((words) => Buffer.from(words.join(' ')));
  const bytes = fc.oneof(text, fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 40 }), (content, size) => {
      assert.deepEqual(new Listener().read(content, size), new Listener().read(content, 1 << 20));
    }),
  );
});

test('BenchReader: many names, metrics and values', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `BenchmarkN${i * 7919} 1 ${i} u${i % 300}`);
  const wide = `BenchmarkW 1 ${Array.from({ length: 200 }, (_, i) => `${i} w`).join(' ')}`;
  const found = new Listener().read(lines(...names, ...names, wide), 1 << 12);
  assert.equal(found[4999], '5000 N39587081 4999 u199');
  assert.equal(found[9999], '10000 N39587081 4999 u199');
  assert.match(found[10_000] ?? '', /^10001 W 0 w, 1 w, .* 199 w$/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BenchResult, formatResult } from '../../src/benchfmt/format-result.js';

const hi: BenchResult = { name: 'BenchmarkHi', iterations: 1_000_000, nsPerOp: 1662 };

/** Checks a line, tabs written as `|`. */
function check(change: Partial<BenchResult>, want: string): void {
  assert.equal(formatResult({ ...hi, ...change }, 0).replaceAll('\t', '|'), want);
}

test('formatResult: four significant digits, decimal points in one column', () => {
  check({ nsPerOp: 12_345_678 }, 'BenchmarkHi| 1000000|  12345678 ns/op');
  check({ nsPerOp: 1662.4 }, 'BenchmarkHi| 1000000|      1662 ns/op');
  check({ nsPerOp: 999.95 }, 'BenchmarkHi| 1000000|      1000 ns/op');
  check({ nsPerOp: 999.94 }, 'BenchmarkHi| 1000000|       999.9 ns/op');
  check({ nsPerOp: 99.995 }, 'BenchmarkHi| 1000000|       100.0 ns/op');
  check({ nsPerOp: 16.624 }, 'BenchmarkHi| 1000000|        16.62 ns/op');
  check({ nsPerOp: 1.6624 }, 'BenchmarkHi| 1000000|         1.662 ns/op');
  check({ nsPerOp: 0.16624 }, 'BenchmarkHi| 1000000|         0.1662 ns/op');
  check({ nsPerOp: 0.016624 }, 'BenchmarkHi| 1000000|         0.01662 ns/op');
  check({ nsPerOp: 0.0016624 }, 'BenchmarkHi| 1000000|         0.001662 ns/op');
  check({ nsPerOp: 0.00016624 }, 'BenchmarkHi| 1000000|         0.0001662 ns/op');
});

test('formatResult: a time that would read 0 is left out', () => {
  check({ nsPerOp: 0, bytesPerOp: 8 }, 'BenchmarkHi| 1000000|       8 B/op');
  check({ nsPerOp: 1e-9, bytesPerOp: 8 }, 'BenchmarkHi| 1000000|       8 B/op');
});

test('formatResult: metrics in the order of Go', () => {
  const extra = new Map([
    ['z/op', 0],
    ['a/op', -2.5],
  ]);
  check(
    { mbPerS: 1.234, extra, bytesPerOp: 719.6, allocsPerOp: 9 },
    'BenchmarkHi| 1000000|      1662 ns/op|   1.23 MB/s|        -2.500 a/op|         0 z/op|     720 B/op|       9 allocs/op',
  );
  check(
    { bytesPerOp: 0, allocsPerOp: 0 },
    'BenchmarkHi| 1000000|      1662 ns/op|       0 B/op|       0 allocs/op',
  );
});

test('formatResult: names are padded to the longest', () => {
  assert.equal(
    formatResult({ ...hi, name: 'BenchmarkÜ😀' }, 14),
    'BenchmarkÜ😀   \t 1000000\t      1662 ns/op',
  );
  check({ iterations: 2_000_000_000 }, 'BenchmarkHi|2000000000|      1662 ns/op');
});

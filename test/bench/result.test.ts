import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubts } from '../../src/bench/doubts.js';
import type { Allocated, Timed } from '../../src/bench/job.js';
import { benchResult } from '../../src/bench/result.js';

const noMetrics = { p50: 0, p99: 0, bytes: 0, threads: 1, parallel: false, metrics: {} };

function timed(more: Partial<Timed> = {}): Timed {
  return { iterations: 1000, nanos: 50_000, batches: 1, ...noMetrics, ...more };
}

const allocs: Allocated = { objects: 2, bytes: 80, steady: true, warmed: 50_000 };

test('benchResult: what a line shows', () => {
  assert.deepEqual(benchResult('BenchmarkX', timed(), allocs), {
    name: 'BenchmarkX',
    iterations: 1000,
    nsPerOp: 50,
    mbPerS: 0,
    bytesPerOp: 80,
    allocsPerOp: 2,
    extra: new Map(),
  });
});

test('benchResult: threads, bytes, metrics', () => {
  assert.equal(benchResult('BenchmarkX', timed({ threads: 4 }), allocs).name, 'BenchmarkX-4');
  assert.equal(benchResult('BenchmarkX', timed({ bytes: 100 }), allocs).mbPerS, 2000); // 100 B in 50 ns
  assert.equal(benchResult('BenchmarkX', timed({ bytes: 100, nanos: 0 }), allocs).mbPerS, 0);
  const metrics = { 'ns/op': 1, 'B/op': 2, 'allocs/op': 3, 'MB/s': 4, 'hits/op': 5 };
  assert.deepEqual(benchResult('BenchmarkX', timed({ metrics }), allocs), {
    name: 'BenchmarkX',
    iterations: 1000,
    nsPerOp: 1,
    mbPerS: 4,
    bytesPerOp: 2,
    allocsPerOp: 3,
    extra: new Map([['hits/op', 5]]),
  });
});

test('doubts: what may be wrong with a result', () => {
  const check = (more: Partial<Timed>, steady: boolean, ...want: RegExp[]): void => {
    const found = doubts(timed(more), { ...allocs, steady });
    assert.equal(found.length, want.length);
    for (const [i, pattern] of want.entries()) assert.match(found[i] ?? '', pattern);
  };
  check({}, true);
  check({}, false, /^allocations did not settle/);
  check({ nanos: 10 }, true); // 0.01 ns
  check({ nanos: 9.9 }, true, /^an iteration takes less than 0\.01 ns: does it use b\.n or b\.loop\(\)\?$/);
  check({ nanos: 0 }, true, /^no time was measured/);
  check({ nanos: 0, metrics: { 'ns/op': 3 } }, true);
});

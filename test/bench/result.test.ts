import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubts, formatDoubt } from '../../src/bench/doubts.js';
import type { Allocated, BenchTime, Timed } from '../../src/bench/job.js';
import { benchResult } from '../../src/bench/result.js';

const noMetrics = {
  drift: 0,
  warmup: { millis: 300, steady: true },
  waited: 0,
  emptyLoopNanos: undefined,
  usesLoop: false,
  p50: 0,
  p99: 0,
  bytes: 0,
  threads: 1,
  parallel: false,
  metrics: {},
};

function timed(more: Partial<Timed> = {}): Timed {
  return { iterations: 1000, nanos: 50_000, batches: 100, ...noMetrics, ...more };
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

/** The sentences, by kind. */
function found(
  more: Partial<Timed>,
  { asked = second, counted = allocs }: { readonly asked?: BenchTime; readonly counted?: Allocated } = {},
): Record<string, string> {
  return Object.fromEntries(
    doubts(timed(more), counted, asked).map((doubt) => [doubt.kind, formatDoubt(doubt)]),
  );
}

const second: BenchTime = { kind: 'millis', millis: 1000 };
const few: BenchTime = { kind: 'iterations', iterations: 1 };

test('doubts: advice that has been followed is not given again', () => {
  const text = formatDoubt({ kind: 'unsteady', drift: 0.1 }, 10);
  assert.equal(text, 'unsteady: at the end it was 10 % slower than at the beginning');
});

test('doubts: none', () => {
  assert.deepEqual(found({}), {});
  assert.deepEqual(found({ drift: 0.05, waited: 0.05, batches: 5, emptyLoopNanos: 45 }), {});
  assert.deepEqual(found({ nanos: 10 }), {}); // 0.01 ns
  assert.deepEqual(found({ nanos: 0, waited: 0.5, metrics: { 'ns/op': 3 } }), {}); // says its own time
  assert.deepEqual(found({ drift: 0.5, waited: 0.5, batches: 1 }, { asked: few }), {});
  assert.deepEqual(found({}, { asked: few, counted: { ...allocs, warmed: 1 } }), {});
});

test('doubts: of the time', () => {
  const check = (more: Partial<Timed>, kind: string, text: RegExp): void => {
    const all = found(more);
    assert.deepEqual(Object.keys(all), [kind]);
    assert.match(all[kind] ?? '', text);
  };
  check({ nanos: 0 }, 'no-time', /^no time was measured/);
  check(
    { nanos: 9.9 },
    'ignores-n',
    /^an iteration takes less than 0\.01 ns: does it use b\.n or b\.loop\(\)\?$/,
  );
  const empty = /^it is as fast as an empty loop \(0\.32 ns\): .* b\.keep\(result\) keeps it$/;
  check({ nanos: 330, emptyLoopNanos: 0.32 }, 'empty-loop', empty);
  check({ nanos: 330, emptyLoopNanos: 0.32, usesLoop: true }, 'empty-loop', /b\.loop\(\) takes longer/);
  check({ batches: 4 }, 'few-samples', /called 4 times; a longer --benchtime/);
  check({ batches: 1 }, 'few-samples', /called once; a longer --benchtime/);
  check({ drift: 0.081 }, 'unsteady', /at the end it was 8 % slower than at the beginning; --count 10/);
  check({ drift: -0.2 }, 'unsteady', /at the end it was 20 % faster/);
  check({ waited: 0.34 }, 'busy', /for 34 % of the time other programs had the processor/);
});

test('doubts: of the allocations', () => {
  const unsettled = found({}, { counted: { ...allocs, steady: false, warmed: 3 } });
  assert.deepEqual(Object.keys(unsettled), ['allocs-unsettled']);
  const cold = found({}, { counted: { ...allocs, warmed: 3 } });
  assert.match(cold['allocs-cold'] ?? '', /^its code ran only 3 times before allocations were counted/);
});

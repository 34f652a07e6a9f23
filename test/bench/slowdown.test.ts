import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobBenchmark, Profiled } from '../../src/bench/job.js';
import { slowdownsOf } from '../../src/bench/slowdown.js';

function benchmark(name: string, nanosPerOp: number): JobBenchmark {
  return { path: name.split('/'), iterations: 9, nanosPerOp, objectsPerOp: 0, bytesPerOp: 0, threads: 1 };
}

function profiled(nanosPerOp: number): Profiled {
  return {
    samples: [],
    durationNanos: 1,
    activeNanos: 1,
    ticks: 1,
    operations: 9,
    nanosPerOp,
    callLines: true,
    problems: [],
  };
}

test('slowdownsOf: the CPU pass over the timed pass', () => {
  const check = (benchmarks: readonly JobBenchmark[], want: readonly string[]): void => {
    const profiles = new Map([
      ['A', profiled(12)],
      ['B/x', profiled(5)],
      ['Task', profiled(0)],
    ]);
    const got = slowdownsOf(benchmarks, profiles);
    assert.deepEqual(
      got.map(({ name, nsPerOp, factor }) => `${name} ${nsPerOp} ${factor}`),
      want,
    );
  };
  check([benchmark('A', 10), benchmark('B/x', 10)], ['A 12 1.2', 'B/x 5 0.5']);
  check([benchmark('Gone', 10)], []); // its profile failed
  check([benchmark('Task', 10), benchmark('A', 0)], []); // no time was taken
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobBenchmark, Profiled } from '../../src/bench/job.js';
import { formatMemoryDifference, memoryDifferences } from '../../src/bench/memory-difference.js';

const benchmark = (bytesPerOp: number): JobBenchmark => ({
  path: ['BenchmarkHi'],
  iterations: 1000,
  nanosPerOp: 10,
  objectsPerOp: 1,
  bytesPerOp,
  threads: 0,
});

const profiled = (bytes: number): ReadonlyMap<string, Profiled> =>
  new Map([
    [
      'BenchmarkHi',
      {
        samples: [{ stack: [], values: [100, bytes * 100], labels: {} }],
        ...{ durationNanos: 1, activeNanos: 0, ticks: 0, operations: 100, nanosPerOp: 0 },
        ...{ callLines: true, problems: [] },
      },
    ],
  ]);

test('memoryDifferences: more than 5 % and more than half an object', () => {
  const check = (bytesPerOp: number, inProfile: number, differs: boolean): void => {
    const differences = memoryDifferences([benchmark(bytesPerOp)], profiled(inProfile));
    assert.equal(differences.length === 1, differs, `${bytesPerOp} and ${inProfile}`);
  };
  check(0, 0, false);
  check(760, 760, false);
  check(1000, 1050, false); // 5 % is not more than 5 %
  check(1000, 1051, true);
  check(1000, 949, true);
  check(24, 32, false); // eight bytes
  check(0, 96, true); // an options object that V8 does not make when it inlines
  check(20_184, 184, true); // array buffers are outside V8's heap
});

test('memoryDifferences: nothing of what the profile lacks', () => {
  assert.deepEqual(memoryDifferences([benchmark(10)], new Map()), []);
});

test('formatMemoryDifference: both figures, whole', () => {
  assert.equal(
    formatMemoryDifference({ name: 'BenchmarkHi', profileBytes: 96.4, bytesPerOp: 0 }),
    "BenchmarkHi has 96 B/op in the memory profile (nothing inlined, V8's heap alone, set-up as well) and 0 B/op as it is",
  );
});

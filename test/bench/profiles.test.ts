import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profiled } from '../../src/bench/job.js';
import { cpuProfile, heapProfile } from '../../src/bench/profiles.js';
import type { Frame } from '../../src/profile/builder.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile } from '../../src/profile/encode.js';
import type { Profile } from '../../src/profile/profile.js';
import { sampleLines } from '../profile/sample-lines.js';

const facts = {
  file: '/v/demo.bench.ts',
  variant: 'step3',
  flags: ['--no-use-osr', '--x'],
  timeNanos: 5n,
  slowdowns: [{ name: 'BenchmarkHi', nsPerOp: 120, factor: 1.2 }],
};

function frame(name: string, line: number): Frame {
  return { name, file: '/v/demo.ts', startLine: 3, line };
}

const leafFirst = [frame('handleHi', 7), frame('BenchmarkHi', 4)];

function profiled(values: readonly number[], more: Partial<Profiled> = {}): Profiled {
  const samples = [{ stack: leafFirst, values, labels: { thread: 'main' } }];
  return {
    samples,
    durationNanos: 14_000_000,
    activeNanos: 11_000_000,
    ticks: 10,
    operations: 7,
    nanosPerOp: 120,
    callLines: true,
    problems: [],
    ...more,
  };
}

/** The profile as a reader of its file sees it. */
function reread(profile: Profile): Profile {
  return decodeProfile(encodeProfile(profile), 'test');
}

const stack = ['BenchmarkHi@/v/demo.ts:4/3', 'handleHi@/v/demo.ts:7/3'];

test('cpuProfile: types, period, labels, comments', () => {
  const profile = reread(cpuProfile(new Map([['BenchmarkHi', profiled([4])]]), facts));
  assert.deepEqual(profile.sampleTypes, [
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ]);
  assert.equal(profile.defaultSampleType, 'cpu');
  assert.deepEqual(profile.periodType, { type: 'cpu', unit: 'nanoseconds' });
  // Nanoseconds between ticks as they came, not as they were asked for, nor while others had the processor.
  assert.deepEqual([profile.period, profile.timeNanos, profile.durationNanos], [1_100_000n, 5n, 14_000_000n]);
  const labels = { bench: 'BenchmarkHi', thread: 'main' };
  assert.deepEqual(sampleLines(profile), [{ stack, values: [4, 4_400_000], labels }]);
  assert.deepEqual(profile.comments, [
    `step3 (demo.bench.ts), Node ${process.version}`,
    '# flags: --no-use-osr --x',
    '# operations: BenchmarkHi 7',
    '# slow-down: BenchmarkHi 1.20',
  ]);
});

test('cpuProfile: one mapping that has all there is', () => {
  const { mappings, locations } = reread(cpuProfile(new Map([['BenchmarkHi', profiled([4])]]), facts));
  assert.deepEqual(
    mappings.map(({ file, hasFunctions, hasFilenames, hasLineNumbers, hasInlineFrames }) => [
      file,
      hasFunctions,
      hasFilenames,
      hasLineNumbers,
      hasInlineFrames,
    ]),
    [['/v/demo.bench.ts', true, true, true, false]],
  );
  assert.deepEqual([...locations.mapping], [0, 0]);
});

test('cpuProfile: several benchmarks keep their samples apart', () => {
  const both = new Map([
    ['BenchmarkA', profiled([4])],
    ['BenchmarkB/x', profiled([6], { ticks: 1, activeNanos: 0 })],
  ]);
  const profile = reread(cpuProfile(both, facts));
  assert.equal(profile.period, 1_000_000n); // 11 ms for 11 ticks
  assert.deepEqual(
    sampleLines(profile).map(({ values, labels }) => [labels['bench'], ...values]),
    [
      ['BenchmarkA', 4, 4_000_000],
      ['BenchmarkB/x', 6, 6_000_000],
    ],
  );
});

test('cpuProfile: without ticks, and without lines of calls', () => {
  const empty = profiled([], { samples: [], ticks: 0, callLines: false });
  const profile = reread(cpuProfile(new Map([['BenchmarkHi', empty]]), facts));
  assert.deepEqual([profile.samples.count, profile.period], [0, 1_000_000n]);
  assert.equal(profile.comments.at(-1), '#prof: no call lines');
});

test('heapProfile: four types of two passes, merged by stack', () => {
  const allocated = new Map([['BenchmarkHi', profiled([100, 4000])]]);
  const inUse = new Map([['BenchmarkHi', profiled([2, 80])]]);
  const profile = reread(heapProfile(allocated, inUse, facts));
  assert.deepEqual(
    profile.sampleTypes.map(({ type, unit }) => `${type}/${unit}`),
    ['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes'],
  );
  assert.equal(profile.defaultSampleType, 'alloc_space');
  assert.deepEqual([profile.periodType, profile.period], [{ type: 'space', unit: 'bytes' }, 1n]);
  const labels = { bench: 'BenchmarkHi', thread: 'main' };
  assert.deepEqual(sampleLines(profile), [{ stack, values: [100, 4000, 2, 80], labels }]);
  assert.ok(!profile.comments.includes('#prof: no call lines'));
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CpuRun } from '../../src/bench/cpu-pass.js';
import { profiledCpu } from '../../src/bench/record.js';
import type { CpuFrame } from '../../src/capture/cpu-record.js';
import { tempFolder } from '../temp-folder.js';

const code = `function parse() {}

function BenchmarkParse(b) {
  for (let i = 0; i < b.n; i++)
    parse();
}
`;

test('profiledCpu: what no line of the benchmark called stands where the benchmark starts', (t) => {
  const file = join(tempFolder(t, { 'a.js': code }), 'a.js');
  const user = (name: string, line: number): CpuFrame => ({ name, url: file, line, start: undefined });
  const own = (name: string): CpuFrame => ({ name, url: '', line: 0, start: undefined });
  const record = {
    sites: [
      { stack: [user('BenchmarkParse', 5), user('parse', 1)], ticks: 8 },
      { stack: [own('(garbage collector)')], ticks: 2 },
      { stack: [user('parse', 1)], ticks: 1 }, // behind an await
      { stack: [own('(idle)')], ticks: 5 },
    ],
    periodNanos: 1e6,
    durationNanos: 16e6,
    callLines: true,
  };
  const run = { threads: [{ thread: 'main', record }], operations: 3, nanosPerOp: 5, waited: 0.25 };
  const { samples, ticks, activeNanos } = profiledCpu(run, 'BenchmarkParse');
  assert.deepEqual(
    samples.map(({ stack, values }) =>
      [...stack.map(({ name, line }) => `${name}:${line}`), ...values].join(' '),
    ),
    [
      'parse:1 BenchmarkParse:5 8', // leaf first
      '(garbage collector):0 BenchmarkParse:3 2',
      'parse:1 BenchmarkParse:3 1',
    ],
  );
  assert.equal(ticks, 16); // idle ones as well: they are part of the period
  assert.equal(activeNanos, 12e6); // a period is none of the time that other programs had
});

test('profiledCpu: threads of a parallel benchmark, each under its name', (t) => {
  const file = join(tempFolder(t, { 'a.js': code }), 'a.js');
  const record = (callLines: boolean, ...names: readonly string[]): CpuRun['threads'][number]['record'] => ({
    sites: names.map((name) => ({
      stack: name
        .split('>')
        .map((word) => ({ name: word, url: urlOf(word, file), line: 5, start: undefined })),
      ticks: 2,
    })),
    periodNanos: 1e6,
    durationNanos: 4e6,
    callLines,
  });
  const threads = [
    // The main thread only waits for the others.
    { thread: 'main', record: record(true, '(garbage collector)', 'node:poll', 'BenchmarkParse', '(idle)') },
    { thread: 'worker-1', record: record(false, 'BenchmarkParse>parse', '(garbage collector)') },
  ];
  const profiled = profiledCpu({ threads, operations: 3, nanosPerOp: 5, waited: 0 }, 'BenchmarkParse');
  assert.deepEqual(
    profiled.samples.map(({ stack, labels }) => [
      labels['thread'],
      ...stack.map(({ name }) => name).reverse(),
    ]),
    [
      ['main', 'BenchmarkParse'],
      ['worker-1', 'BenchmarkParse', 'parse'],
      ['worker-1', 'BenchmarkParse', '(garbage collector)'],
    ],
  );
  const { durationNanos, activeNanos, ticks, callLines } = profiled;
  assert.deepEqual([durationNanos, activeNanos, ticks, callLines], [4e6, 8e6, 12, false]);
});

function urlOf(name: string, file: string): string {
  if (name.startsWith('(')) return '';
  return name.startsWith('node:') ? name : file;
}

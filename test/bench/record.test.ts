import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
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
    operations: 3,
    nanosPerOp: 5,
    waited: 0.25,
  };
  const { samples, ticks, activeNanos } = profiledCpu(record, {
    benchmark: 'BenchmarkParse',
    callLines: true,
  });
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

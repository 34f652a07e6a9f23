import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const code = `import { Mutex, shared } from 'prof-toolkit/sync';
const mutex = new Mutex(shared('table', Mutex.bytes));
const idle = new Int32Array(new SharedArrayBuffer(4));

function hold(): void {
  mutex.lock();
  Atomics.wait(idle, 0, 0, 2);
  mutex.unlock();
}

async function answer(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2));
}

export async function BenchmarkLock(b): Promise<void> {
  await b.runParallel((pb) => {
    while (pb.next()) hold();
  });
}

export async function BenchmarkAnswer(b): Promise<void> {
  for (let i = 0; i < b.n; i++) await answer();
}

export function BenchmarkBusy(b): void {
  for (let i = 0; i < b.n; i++) b.keep(Math.sqrt(i));
}
`;

test('prof bench: --blockprofile tells where threads and async functions wait', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const prof = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await runProf(args, { cwd });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const options = ['--benchtime=40x', '--cpu=2', '--no-cpuprofile', '--no-memprofile', '--no-save'];
  const measured = await runProf(['bench', 'v', '--blockprofile=b.out', ...options], { cwd });
  assert.match(measured.stderr, /^wrote b\.out$/m);

  const types = await prof('raw', 'b.out');
  assert.match(types, /^Samples:\ncontentions\/count delay\/nanoseconds\[dflt\]$/m);
  const tops = (text: string): string[] =>
    [...text.matchAll(/ {2}(\S+)$/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'cum%' && !name.includes('='));
  // The harness's own waits are not in it: waiting for threads, and awaiting the benchmark. A busy machine makes turns long.
  const names = new Set(tops(await prof('top', '--tagignore=kind=loop', 'b.out')));
  const wanted = [
    'BenchmarkLock',
    'BenchmarkLock.<anonymous:16>',
    'hold',
    'Mutex.lock',
    'Atomics.wait',
    'BenchmarkAnswer',
    'answer',
    '(await)',
  ];
  assert.deepEqual([...names].sort(), [...wanted].sort());

  const count = async (...filters: readonly string[]): Promise<number> => {
    const text = await prof('top', '--sample-index=contentions', ...filters, 'b.out');
    return Number(/accounting for (\d+),/.exec(text)?.[1]);
  };
  assert.equal(await count('--tagfocus=bench=BenchmarkAnswer', '--focus=^answer$'), 40);
  assert.equal(await count('--tagfocus=kind=atomics'), 40);
  assert.ok((await count('--tagfocus=lock=table')) > 0);
  const lines = await prof('list', '^hold$', 'b.out');
  assert.match(lines, /^ +\. +\d[\d.]*ms +6: {2}mutex\.lock\(\);$/m);
  assert.match(await prof('tags', 'b.out'), /kind: .*\n(.*\n)*.* await\n?/);
});

test('prof bench: --mutexprofile tells who holds locks; all threads are in the CPU and memory profiles', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const options = ['--bench=Lock', '--benchtime=40x', '--cpu=2', '--no-save', '--mutexprofile=m.out'];
  const measured = await runProf(['bench', 'v', ...options], { cwd });
  assert.match(measured.stderr, /^wrote prof\.cpu, prof\.mem, m\.out$/m);
  const prof = async (...args: readonly string[]): Promise<string> => (await runProf(args, { cwd })).stdout;
  assert.match(await prof('list', '^hold$', 'm.out'), /^ +\. +\d[\d.]*ms +8: {2}mutex\.unlock\(\);$/m);
  for (const file of ['m.out', 'prof.mem']) {
    const threads = [...(await prof('tags', file)).matchAll(/: (worker-\d|main)$/gm)].map(([, name]) => name);
    assert.deepEqual(threads.filter((name) => name !== 'main').sort(), ['worker-1', 'worker-2'], file);
  }
});

test('prof bench: --blockprofilerate', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const wrong = await runProf(['bench', 'v', '--blockprofilerate=0'], { cwd });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /blockprofilerate/);
});

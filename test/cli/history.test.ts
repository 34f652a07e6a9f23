import assert from 'node:assert/strict';
import { test } from 'node:test';
import { golden } from '../golden.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';
import { runCommand } from './run-command.js';

/** A run with `count` results around `ns`, and exact allocations. */
function runText(ns: number, allocs: number, count = 3): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const time = (ns * (1 + 0.02 * Math.sin(7 * i + ns))).toFixed(1);
    return `BenchmarkHi\t1000\t${time} ns/op\t${allocs * 32} B/op\t${allocs} allocs/op\n`;
  });
  return `goos: linux\npkg: own\n${lines.join('')}PASS\n`;
}

function stamped(text: string, commit: string, day: number): string {
  return `# commit: ${commit} 2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z\n${text}`;
}

/** Ten runs that get faster at the sixth, leaner at the fourth. */
const ten = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => {
    const name = `run.${String(i + 1).padStart(2, '0')}`;
    return [name, runText((i < 5 ? 1000 : 700) + ((i * 7) % 5), i < 3 ? 18 : 13)];
  }),
);

test('prof history: plots and changes', async (t) => {
  const cwd = tempFolder(t, ten);
  const check = async (args: readonly string[], file: string): Promise<void> => {
    const { status, stdout, stderr } = await runCommand(['history', ...args, ...Object.keys(ten)], { cwd });
    assert.equal(stderr, '');
    golden(stdout, `test/data/history/${file}`);
    assert.equal(status, 0);
  };
  await check([], 'ten.txt');
  await check(['--unit=ns/op', '--width=30'], 'narrow.txt');
  await check(['--json', '--unit=allocs/op'], 'ten.json');
  await check(['--format=html', '--unit=sec/op'], 'ten.html');
});

test('prof history: the order of commits', async (t) => {
  const cwd = tempFolder(t, {
    a: stamped(runText(10, 2), 'ccc', 3),
    b: stamped(runText(10, 1), 'aaa', 1),
    c: stamped(runText(10, 2), 'bbb', 2),
    d: runText(10, 2),
  });
  const labels = async (args: readonly string[]): Promise<unknown> => {
    const { stdout } = await runCommand(['history', '--json', ...args], { cwd });
    return JSON.parse(stdout).runs.map(({ label }: { label: string }) => label);
  };
  assert.deepEqual(await labels(['a', 'b', 'c']), ['aaa', 'bbb', 'ccc']);
  assert.deepEqual(await labels(['--order=files', 'a', 'b', 'c']), ['ccc', 'aaa', 'bbb']);
  assert.deepEqual(await labels(['a', 'd', 'b']), ['ccc', 'd', 'aaa']);
  assert.deepEqual(await labels(['a', 'a']), ['ccc', 'ccc']);
});

test('prof history: what cannot be shown', async (t) => {
  const cwd = tempFolder(t, {
    ...ten,
    empty: '',
    near: 'BenchmarkHi 1 x ns/op\nBenchmarkHi 1 NaN ns/op\nBenchmarkHi 1 1 ns/op\n',
  });
  const check = async (args: readonly string[], status: number, stderr: RegExp): Promise<void> => {
    const result = await runProf(['history', ...args], { cwd });
    assert.match(result.stderr, stderr);
    assert.equal(result.status, status);
  };
  await check(['gone'], 1, /^prof: gone: no such file\n/);
  await check(
    ['empty'],
    1,
    /^prof: empty: no benchmark results: it is empty\nprof: no benchmark results in these files\n {2}A run is what/,
  );
  await check(
    ['run.01', '--bench=Nope'],
    1,
    /^prof: no benchmark matches .*\n {2}There are BenchmarkHi, measured in sec\/op, B\/op, allocs\/op\.\n$/,
  );
  await check(['run.01', '--bench=('], 2, /^prof: --bench: "\(" is not a regular expression/);
  await check(['run.01', '--order=commits'], 2, /^prof: run\.01: does not say when its commit was made\n/);
  await check(['run.01', '--order=x'], 2, /is not one of files, commits/);
  await check(['run.01', '--alpha=2'], 2, /is not a number from 0 to 1/);
  await check(['near'], 0, /^prof: near:1: parsing measurement: invalid syntax\n$/);
});

test('prof history: names are text in the page', async (t) => {
  const cwd = tempFolder(t, { '<i>': 'Benchmark<script> 1 1 ns/op\nBenchmark<script> 1 1 "q"\n' });
  const { stdout } = await runCommand(['history', '--format=html', '<i>'], { cwd });
  assert.doesNotMatch(stdout, /<script|<i>|"q"|https?:/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const code = `import { shared } from 'prof-toolkit/sync';
const counts = new Int32Array(shared('counts', 12));

export async function BenchmarkRacy(b): Promise<void> {
  await b.runParallel((pb) => {
    while (pb.next()) counts[0]++;
  });
}

export async function BenchmarkAtomic(b): Promise<void> {
  await b.runParallel((pb) => {
    while (pb.next()) Atomics.add(counts, 1, 1);
  });
}

export async function BenchmarkThrows(b): Promise<void> {
  await b.runParallel((pb) => {
    while (pb.next()) if (++counts[2] === 7) throw new RangeError('seven');
  });
}

export function BenchmarkOne(b): void {
  for (let i = 0; i < b.n; i++) b.keep(Math.sqrt(i));
}
`;

const verdict = 'race detected during execution of benchmark';

test('prof bench --race: a parallel benchmark that races fails, a corrected one does not', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const { status, stdout, stderr } = await runProf(['bench', '--race', '--bench=Racy|Atomic|One', 'v'], {
    cwd,
  });
  assert.equal(status, 66, stderr);
  const marked = `node: ${process.version}\nrace: on\n--- FAIL: BenchmarkRacy\n    ${verdict}\n`;
  assert.ok(stdout.includes(marked), stdout);
  assert.match(
    stdout,
    /^BenchmarkAtomic-\d+ *\t *\d+\t[ \d.]+ ns\/op\nBenchmarkOne *\t *\d+\t[ \d.]+ ns\/op\nFAIL\n/m,
  );
  const place = '<anonymous>\\(\\)\n {6}v/a\\.bench\\.ts:6:23\n';
  const want = `^={18}\nWARNING: DATA RACE\nRead-modify-write at "counts" offset 0 \\(4 bytes, Int32Array\\[0\\]\\) by worker \\d+:\n  ${place}(?:.*\n)*?Previous read-modify-write by worker \\d+:\n  ${place}`;
  assert.match(stderr, new RegExp(want));
  assert.match(stderr, /^Hint: use Atomics\.add\(counts, 0, 1\)\n={18}\nFound 1 data race\(s\)\n/m);
  assert.match(stderr, new RegExp(`^prof: BenchmarkRacy: ${verdict}\n$`, 'm'));
  assert.ok(!stderr.includes('wrote'), stderr);
});

test('prof bench --race: silent where there is no race, also for few iterations', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const check = async (args: readonly string[], want: number): Promise<void> => {
    const { status, stderr } = await runProf(['bench', '--race', ...args, 'v'], { cwd });
    assert.equal(status, want, stderr);
    if (want === 0) assert.equal(stderr, '');
  };
  await check(['--bench=Atomic', '--benchtime=2x'], 0);
  await check(['--bench=Racy', '--benchtime=2x', '--cpu=2'], 66); // one iteration of each thread
  await check(['--bench=Racy', '--cpu=1'], 0);
});

test('prof bench --race: PROFRACE, --json, and a benchmark that fails as well', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const env = { ...process.env, PROFRACE: 'halt_on_error=1 exitcode=9' };
  const halted = await runProf(['bench', '--race', '--bench=Racy', 'v'], { cwd, env });
  assert.equal(halted.status, 9, halted.stderr);
  assert.ok(halted.stdout.includes(`--- FAIL: BenchmarkRacy\n    ${verdict}\n`), halted.stdout);

  const { status, stdout, stderr } = await runProf(['bench', '--race', '--json', '--bench=Throws', 'v'], {
    cwd,
  });
  assert.equal(status, 66);
  const { config, failures, results } = JSON.parse(stdout).variants[0];
  assert.deepEqual([config.race, results], ['on', []]);
  const message = `threw RangeError: seven\n${verdict}`;
  assert.deepEqual(failures, [{ name: 'BenchmarkThrows', message, races: 1 }]);
  assert.equal(JSON.parse(stderr.split('\n')[0] ?? '').access.kind, 'read-modify-write');
});

test('prof bench --race: measures nothing', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const check = async (option: string, name: string): Promise<void> => {
    const { status, stderr } = await runProf(['bench', '--race', option, 'v'], { cwd });
    assert.equal(status, 2);
    assert.ok(stderr.startsWith(`prof: conflicting options: --race and --${name}\n`), stderr);
  };
  await check('--aa', 'aa');
  await check('--cpuprofile=prof.cpu', 'cpuprofile');
});

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { command } from '../../src/cli/cmp.js';
import { parseCall } from '../../src/cli/parse.js';
import { golden } from '../golden.js';
import { type Finished, runProf } from '../run-child.js';
import { type FakeTerminal, fakeIo } from './fake-io.js';

const old = 'test/data/cmp/old.txt';
const now = 'test/data/cmp/new.txt';

const uneven = 'ignoring BenchmarkUneven: before has 2 instances, after has 1\n';
const gone = 'ignoring BenchmarkGone: before has 1 instances, after has 0\n';
const added = 'ignoring BenchmarkAdded: before has 0 instances, after has 1\n';

test('cmp: prints what benchcmp prints', async () => {
  const rows: [string[], string, string][] = [
    [[old, now], 'cmp.txt', uneven + gone + added],
    [['--best', old, now], 'cmp.best.txt', gone + added],
    [[old, '-changed', now], 'cmp.changed.txt', uneven + gone + added],
    [[old, now, '--mag=true'], 'cmp.mag.txt', uneven + gone + added],
    [['test/data/cmp/speed.txt', 'test/data/cmp/speed.txt'], 'cmp.speed.txt', ''],
  ];
  for (const [args, file, stderr] of rows) {
    const result = await runProf(['cmp', ...args]);
    golden(result.stdout, `test/data/cmp/${file}`);
    assert.deepEqual([result.status, result.stderr], [0, stderr], args.join(' '));
  }
});

test('cmp: nothing left to print is no error', async () => {
  const unchanged = await runProf(['cmp', '--changed', old, old]);
  assert.deepEqual(unchanged, { status: 0, stdout: '', stderr: 'prof: no value has changed\n' });
});

test('cmp: --json gives arrays always', async () => {
  golden((await runProf(['cmp', '--json', old, now])).stdout, 'test/data/cmp/cmp.json');
  assert.deepEqual(JSON.parse((await runProf(['cmp', '--json', '--changed', old, old])).stdout), {
    sections: [],
    ignored: [],
  });
});

test('cmp: one of the runs may come from standard input', async () => {
  const input = readFileSync('test/data/cmp/new.txt', 'utf8');
  assert.equal(
    (await runProf(['cmp', old, '-'], { input })).stdout,
    readFileSync('test/data/cmp/cmp.txt', 'utf8'),
  );
});

/** What `prof cmp old new` prints on a terminal. */
async function onTerminal(terminal: FakeTerminal, words: readonly string[] = [old, now]): Promise<string> {
  const parsed = parseCall(command, words);
  assert.ok(parsed.kind === 'call');
  const io = fakeIo(terminal);
  await command.run(parsed.call, io);
  return io.text().stdout;
}

test('cmp: boxes on a terminal, colour where it is wanted', async () => {
  const plain = await onTerminal({ isTerminal: true, color: false });
  golden(plain, 'test/data/cmp/boxes.txt');
  const colored = await onTerminal({ isTerminal: true, color: true });
  assert.equal(stripVTControlCharacters(colored), plain);
  assert.match(colored, /\x1b\[32m-49\.98%\x1b\[39m/); // less time: better
  assert.match(colored, /\x1b\[31m1\.00x\x1b\[39m/); // less speed: worse
  assert.doesNotMatch(colored, /\x1b\[3[12]m\+0\.00%/); // no change: no colour
});

test('cmp: --color is for pipes as well, NO_COLOR and --no-color are not needed there', async () => {
  assert.match((await runProf(['cmp', '--color', old, now])).stdout, /\x1b\[32m-49\.98%/);
  const want = readFileSync('test/data/cmp/cmp.txt', 'utf8');
  assert.equal((await runProf(['cmp', '--no-color', old, now])).stdout, want);
  assert.equal((await runProf(['cmp', old, now], { env: { FORCE_COLOR: '1' } })).stdout, want);
});

const folder = mkdtempSync(join(tmpdir(), 'prof-cmp-'));
after(() => rmSync(folder, { recursive: true }));
const run = 'BenchmarkHi 100 1662 ns/op\n';

function file(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

/** Calls `prof cmp` on files of the test's own folder; nothing may reach standard output. */
async function fails(args: readonly string[]): Promise<Pick<Finished, 'status' | 'stderr'>> {
  const { status, stdout, stderr } = await runProf(['cmp', ...args], { cwd: folder });
  assert.equal(stdout, '');
  return { status, stderr };
}

test('cmp: files that are no runs', async () => {
  const hint =
    '  A run is what `prof bench` prints and saves, such as mem.3: lines like `BenchmarkHi 1000 1662 ns/op`.\n';
  file('run.txt', run);
  const check = async (content: string | Uint8Array, message: string): Promise<void> => {
    file('no-run', content);
    assert.deepEqual(await fails(['run.txt', 'no-run']), {
      status: 1,
      stderr: `prof: no-run: ${message}\n${hint}`,
    });
  };
  await check('', 'no benchmark results: it is empty');
  await check('hello\n', 'no benchmark results');
  await check('PASS\nBenchmarkHi\nBenchmarkHo x 1 ns/op\n', 'no benchmark results');
  await check(Uint8Array.of(0x1f, 0x8b, 8, 0), 'no benchmark results: it looks like a profile (gzip)');
  await check(Uint8Array.of(0x0a, 4, 8, 0, 0x10, 2), 'no benchmark results: it looks like a binary file');
  await check('{"nodes":[]}', "no benchmark results: it looks like one of V8's profiles (JSON)");
  await check('{"a":[]}', 'no benchmark results: it looks like JSON');
});

test('cmp: files that cannot be read', async () => {
  file('run.txt', run);
  mkdirSync(join(folder, 'sub'), { recursive: true });
  assert.deepEqual(await fails(['run.tx', 'run.txt']), {
    status: 1,
    stderr: 'prof: run.tx: no such file\n  Did you mean run.txt?\n',
  });
  assert.deepEqual(await fails(['run.txt', 'none/run.txt']), {
    status: 1,
    stderr: `prof: none/run.txt: no such file\n  There is no folder ${join(folder, 'none')}.\n`,
  });
  assert.deepEqual(await fails(['run.txt', 'sub']), {
    status: 1,
    stderr: 'prof: sub: is a folder, not a file\n  Name a run in it, such as mem.3.\n',
  });
});

test('cmp: a file without permission', { skip: process.getuid?.() === 0 }, async () => {
  file('run.txt', run);
  file('secret.txt', run);
  chmodSync(join(folder, 'secret.txt'), 0);
  assert.deepEqual(await fails(['run.txt', 'secret.txt']), {
    status: 1,
    stderr: 'prof: secret.txt: permission denied\n  Check who may read it.\n',
  });
});

test('cmp: runs without a common benchmark', async () => {
  file('a.txt', run);
  file('b.txt', ['A', 'B', 'C', 'D'].map((name) => `Benchmark${name} 1 1 ns/op\n`).join(''));
  file('aa.txt', run + run);
  assert.deepEqual(await fails(['a.txt', 'b.txt']), {
    status: 1,
    stderr:
      'prof: a.txt and b.txt have no benchmark in common\n' +
      '  a.txt has BenchmarkHi.\n  b.txt has BenchmarkA, BenchmarkB, BenchmarkC and 1 more.\n',
  });
  assert.deepEqual(await fails(['a.txt', 'aa.txt']), {
    status: 1,
    stderr:
      'prof: a.txt and aa.txt: no benchmark is as often in one as in the other\n' +
      '  Use --best to compare the fastest result of each benchmark.\n',
  });
});

test('cmp: wrong usage', async () => {
  const usage = '  Usage: prof cmp [options] <old> <new>\n  Run `prof help cmp`.\n';
  assert.deepEqual(await fails(['a']), { status: 2, stderr: `prof: cmp: too few words\n${usage}` });
  assert.deepEqual(await fails(['a', 'b', 'c']), {
    status: 2,
    stderr: `prof: cmp: unexpected word "c"\n${usage}`,
  });
  assert.deepEqual(await fails(['-', '-']), {
    status: 2,
    stderr: 'prof: cmp: "-" stands for both runs\n  Give one of them as a file.\n',
  });
});

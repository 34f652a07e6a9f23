import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { decodeProfile } from '../../src/profile/decode.js';
import type { Profile } from '../../src/profile/profile.js';
import { type SampleLine, sampleLines } from '../profile/sample-lines.js';
import { type Finished, runProf } from '../run-child.js';
import { makeTempFolder, tempFolder } from '../temp-folder.js';

const exact = `import type { B } from 'prof-toolkit';

let x = 1;

class Maker {
  make(b: B): void {
    b.keep({ a: x, b: 2 });
  }
}

export function BenchmarkObject(b: B): void {
  const maker = new Maker();
  for (let i = 0; i < b.n; i++) maker.make(b);
}

export function BenchmarkNested(b: B): void {
  while (b.loop()) b.keep({ a: x, b: [1, x] });
}

export function BenchmarkArray(b: B): void {
  for (let i = 0; i < b.n; i++) b.keep([x, 1, 2, 3]);
}

export function BenchmarkBytes(b: B): void {
  b.setBytes(20000);
  b.reportMetric(1.5, 'hits/op');
  for (let i = 0; i < b.n; i++) b.keep(new Uint8Array(20000));
}

export function BenchmarkPart(b: B): void {
  for (let i = 0; i < b.n; i++) {
    b.stopTimer();
    const list = [x, 1, 2, 3];
    b.startTimer();
    b.keep({ a: list, b: 2 });
    b.keep(i / 2);
  }
}

export function BenchmarkEmpty(b: B): void {
  for (let i = 0; i < b.n; i++);
}
console.log('printed');
`;

// One run for all that can be seen of a run that goes well.
const folder = makeTempFolder({ 'step exact/a.bench.ts': exact, 'package.json': '{ "name": "mine" }' });
after(() => folder.remove());
let run: Finished;
let cpu: Profile;
let mem: Profile;

before(async () => {
  run = await runProf(['bench', 'step exact', '--benchtime=50ms'], { cwd: folder.path });
  cpu = readProfile('prof.cpu');
  mem = readProfile('prof.mem');
});

function readProfile(name: string): Profile {
  return decodeProfile(readFileSync(join(folder.path, name)), name);
}

test('prof bench: the Go benchmark format on standard output', () => {
  assert.equal(run.status, 0);
  const time = ' +\\d+(\\.\\d+)? ns/op';
  const row = (name: string, rest: string): string => `${name} *\\t *\\d+\\t${time}\\t${rest}`;
  const want = [
    'goos: [a-z0-9]+',
    'goarch: [a-z0-9]+',
    'pkg: mine',
    'cpu: .+',
    'node: v\\d+\\.\\d+\\.\\d+',
    row('BenchmarkObject', ' {6}40 B/op\\t {7}1 allocs/op'),
    row('BenchmarkNested', ' {5}104 B/op\\t {7}3 allocs/op'),
    row('BenchmarkArray', ' {6}80 B/op\\t {7}2 allocs/op'),
    row('BenchmarkBytes', ' *[\\d.]+ MB/s\\t +1\\.500 hits/op\\t +20[0-5]\\d\\d B/op\\t +\\d allocs/op'),
    row('BenchmarkPart', ' {6}40 B/op\\t {7}1 allocs/op'),
    row('BenchmarkEmpty', ' {7}0 B/op\\t {7}0 allocs/op'),
    'PASS',
    'ok  \\tstep exact\\t\\d+\\.\\d{3}s',
    '',
  ];
  const lines = run.stdout.split('\n');
  assert.equal(lines.length, want.length, run.stdout);
  for (const [i, line] of lines.entries()) assert.match(line, new RegExp(`^${want[i]}$`));
});

test('prof bench: the saved run is what was printed', () => {
  assert.equal(readFileSync(join(folder.path, 'mem. exact'), 'utf8'), run.stdout);
});

test('prof bench: all else goes to standard error, also what benchmarks print', () => {
  const lines = run.stderr.trimEnd().split('\n');
  assert.equal(lines.at(-1), 'wrote prof.cpu, prof.mem, mem. exact');
  assert.ok(lines.includes('printed'));
  const isSlowdown = (line: string): boolean =>
    /^prof\.cpu: Benchmark\w+ took \d+\.\d\d times as long as in its timed pass$/.test(line);
  // Which results are doubtful depends on the machine.
  const isDoubt = (line: string): boolean => /^prof: Benchmark\w+: /.test(line);
  assert.equal(lines.filter(isSlowdown).length, names.length, run.stderr);
  const difference =
    /^prof: prof\.mem: (\w+) has (\d+) B\/op in the memory profile \(.*\) and (\d+) B\/op as it is$/;
  const others = lines.filter(
    (line) => !isSlowdown(line) && !isDoubt(line) && !line.startsWith('prof: the addon of the package pprof'),
  );
  assert.deepEqual(
    [...new Set(others)].filter((line) => !difference.test(line)),
    ['printed', lines.at(-1)],
  );
  // An array's bytes are outside of V8's heap; what stands while the timer does is in the profile alone.
  const differing = others.flatMap((line) => difference.exec(line)?.[1] ?? []);
  assert.deepEqual(differing, ['BenchmarkBytes', 'BenchmarkPart']);
  assert.deepEqual(readdirSync(folder.path).sort(), [
    'mem. exact',
    'package.json',
    'prof.cpu',
    'prof.mem',
    'step exact',
  ]);
});

test('prof bench: profiles say of themselves what readers ask for', () => {
  const file = join(folder.path, 'step exact/a.bench.ts');
  for (const profile of [cpu, mem]) {
    assert.equal(profile.mappings.length, 1);
    const [mapping] = profile.mappings;
    assert.ok(mapping?.hasFunctions && mapping.hasFilenames && mapping.hasLineNumbers);
    assert.equal(mapping.file, file);
    assert.equal(profile.comments[0], `step exact (a.bench.ts), Node ${process.version}`);
    assert.match(profile.comments[1] ?? '', /^# flags: --no-/);
    assert.ok(profile.timeNanos > 0n && profile.durationNanos > 0n);
  }
  const types = ({ sampleTypes }: Profile): string =>
    sampleTypes.map(({ type, unit }) => `${type}/${unit}`).join();
  assert.equal(types(cpu), 'samples/count,cpu/nanoseconds');
  assert.equal(types(mem), 'alloc_objects/count,alloc_space/bytes,inuse_objects/count,inuse_space/bytes');
  assert.deepEqual([cpu.defaultSampleType, mem.defaultSampleType], ['cpu', 'alloc_space']);
});

const names = ['Object', 'Nested', 'Array', 'Bytes', 'Part', 'Empty'].map((name) => `Benchmark${name}`);

test('prof bench: every sample stands on its benchmark and is labelled', () => {
  for (const profile of [cpu, mem]) {
    for (const { stack, labels } of sampleLines(profile)) {
      assert.equal(labels['thread'], 'main');
      assert.ok(names.includes(labels['bench'] ?? ''), labels['bench']);
      // In a run as short as this one all ticks of a benchmark may fall on V8's own work.
      const isV8s = labels['bench'] === 'BenchmarkBytes' && stack[0]?.startsWith('(');
      assert.ok(
        isV8s || stack[0]?.startsWith(`${labels['bench']}@`),
        `${labels['bench']}: ${stack.join(' ')}`,
      );
    }
  }
  assert.deepEqual(
    [...new Set(sampleLines(cpu).map(({ labels }) => labels['bench']))].sort(),
    [...names].sort(),
  );
});

test('prof bench: paths, lines, and methods with their class', () => {
  const file = join(folder.path, 'step exact/a.bench.ts');
  const make = (lines: readonly SampleLine[]): string[] =>
    lines.flatMap(({ stack }) => stack.filter((frame) => frame.includes('make@')));
  const frames = [...make(sampleLines(cpu)), ...make(sampleLines(mem))];
  assert.ok(frames.length > 0);
  for (const frame of frames)
    assert.ok(frame.startsWith(`Maker.make@${file}:`) && frame.endsWith('/6'), frame);
});

test('prof bench: the memory profile counts every object', () => {
  const operations = Number(/# operations: BenchmarkObject (\d+)/.exec(mem.comments.join('\n'))?.[1]);
  const own = sampleLines(mem).filter(({ stack }) => stack.at(-1)?.startsWith('Maker.make@'));
  const sum = (i: number): number => own.reduce((total, { values }) => total + (values[i] ?? 0), 0);
  // V8 makes the literal's shape again now and then.
  const check = (i: number, perOperation: number): void =>
    assert.ok(
      Math.abs(sum(i) / operations / perOperation - 1) < 1e-3,
      `${sum(i)} of ${operations} operations`,
    );
  check(0, 1);
  check(1, 40);
  assert.ok(sum(2) <= 10, 'garbage is not in use');
});

const inlined = `export function BenchmarkInlined(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = outer(x);
  }
  b.keep(x);
}
function outer(x) {
  return inner(x) + 1;
}
function inner(x) {
  for (let i = 0; i < 300; i++) x = ((x << 1) ^ (x >>> 3)) | 0;
  return x;
}
`;

test('prof bench --inline: functions that were inlined are in the profile', async (t) => {
  const cwd = tempFolder(t, { 'a.bench.mjs': inlined });
  const args = ['bench', 'a.bench.mjs', '--inline', '--benchtime=200ms', '--no-memprofile', '--no-save'];
  const { status, stderr } = await runProf(args, { cwd });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^prof: prof\.cpu: \d+\.\d % of the samples were put back into inlined functions/m);
  const samples = sampleLines(decodeProfile(readFileSync(join(cwd, 'prof.cpu')), 'prof.cpu'));
  const path = samples.map(({ stack }) => stack.map((frame) => frame.slice(0, frame.indexOf('@'))).join(' '));
  assert.ok(path.includes('BenchmarkInlined outer inner'), path.join('\n'));
});

test('prof bench: a process that ends before its first benchmark', async (t) => {
  const code = `if (process.execArgv.includes('--no-use-osr')) process.exit(3);
export function BenchmarkA(b) { for (let i = 0; i < b.n; i++); }
export function BenchmarkB(b) { for (let i = 0; i < b.n; i++); }
`;
  const cwd = tempFolder(t, { 'a.bench.mjs': code });
  const args = ['bench', 'a.bench.mjs', '--benchtime=10x', '--no-memprofile', '--no-save'];
  const { status, stderr } = await runProf(args, { cwd });
  const told = ['BenchmarkA', 'BenchmarkB'].map(
    (name) => `prof: ${name}: no CPU profile: ended its process with status 3\n`,
  );
  assert.deepEqual([status, stderr], [1, told.join('')]);
});

test('prof bench: without the addon', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': exact });
  const args = ['bench', 'v', '--bench=Object', '--benchtime=50ms', '--no-memprofile', '--no-save'];
  const { status, stderr } = await runProf(args, { cwd, env: { ...process.env, PROF_NO_ADDON: '1' } });
  assert.equal(
    stderr.replace(/^(printed|prof: BenchmarkObject: .*)\n/gm, '').replace(/\d+\.\d\d/, '1.00'),
    'prof: the addon of the package pprof is not built: the CPU profile comes from node:inspector\n' +
      'prof.cpu: BenchmarkObject took 1.00 times as long as in its timed pass\nwrote prof.cpu\n',
  );
  assert.equal(status, 0);
  const profile = decodeProfile(readFileSync(join(cwd, 'prof.cpu')), 'prof.cpu');
  assert.ok(!profile.comments.includes('#prof: no call lines'));
  const samples = sampleLines(profile);
  assert.ok(samples.every(({ stack }) => stack[0]?.startsWith('BenchmarkObject@')));
  const leaves = samples
    .map(({ stack }) => stack.at(-1) ?? '')
    .filter((leaf) => leaf.startsWith('Maker.make@'));
  assert.ok(
    leaves.every((leaf) => /:(6|7|8)\/6$/.test(leaf)),
    leaves.join(' '),
  );
});

const calls = `import { work } from './work.cjs';
export function BenchmarkCalls(b: { n: number; keep(x: unknown): void }) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = work(x, 300);
    x = work(x, 200);
    x = JSON.parse(text).length + [3, 1, 2].sort((a, b) =>
      work(a, 50) - work(b, 50))[0];
  }
  b.keep(x);
}
const text: string = JSON.stringify(Array.from({ length: 100 }, (_, i) => ({ i })));
`;
const work = `exports.work = (x, n) => {
  for (let i = 0; i < n; i++) x = ((x << 1) ^ (x >>> 3)) | 0;
  return x;
};
`;

test('prof bench: time on the lines of calls, with the addon and without', async (t) => {
  for (const PROF_NO_ADDON of ['0', '1']) {
    const cwd = tempFolder(t, { 'v/a.bench.ts': calls, 'v/work.cjs': work });
    const args = ['bench', 'v', '--benchtime=300ms', '--no-memprofile', '--no-save'];
    const bench = await runProf(args, { cwd, env: { ...process.env, PROF_NO_ADDON } });
    assert.equal(bench.status, 0, bench.stderr);
    const { stdout, stderr } = await runProf(['list', '--json', '^BenchmarkCalls$', 'prof.cpu'], { cwd });
    assert.equal(stderr, '');
    const { functions }: { functions: { files: { lines: { line: number; cum: number }[] }[] }[] } =
      JSON.parse(stdout);
    const cums = new Map(functions[0]?.files[0]?.lines.map(({ line, cum }) => [line, cum]));
    assert.ok(Math.min(...[5, 6, 7].map((line) => cums.get(line) ?? 0)) > 0, stdout);
  }
});

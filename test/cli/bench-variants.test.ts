import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { decodeProfile } from '../../src/profile/decode.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const short = ['--benchtime=200x', '--no-cpuprofile', '--no-memprofile', '--no-save'];
const good = 'export function BenchmarkX(b) { for (let i = 0; i < b.n; i++) b.keep({ i }); }\n';

interface Json {
  readonly variants: readonly {
    readonly variant: string;
    readonly config: Record<string, string>;
    readonly results: readonly Record<string, unknown>[];
    readonly failures: readonly { readonly name: string; readonly message: string }[];
    readonly skipped: readonly unknown[];
    readonly profiles: readonly string[];
    readonly saved: string | null;
  }[];
}

async function benchJson(args: readonly string[], cwd: string): Promise<Json & { readonly stderr: string }> {
  const { stdout, stderr } = await runProf(['bench', '--json', ...args], { cwd });
  const parsed: Json = JSON.parse(stdout);
  return { ...parsed, stderr };
}

test('prof bench: every kind of module', async (t) => {
  const cwd = tempFolder(t, {
    'node_modules/dep/a.bench.ts':
      'export function BenchmarkDep(b: { n: number }): void { for (let i = 0; i < b.n; i++); }',
    'cjs.cjs':
      "const { Recorder } = require('prof-toolkit/httptest');\nexports.BenchmarkZ = (b) => { for (let i = 0; i < b.n; i++) b.keep(new Recorder()); };\nexports.BenchmarkA = () => {};",
    'object.mjs': 'await null;\nexport default { BenchmarkO(b) { for (let i = 0; i < b.n; i++); } };',
    'sync.mjs': 'export const hi = (req, res) => res.end(req.url);',
    'async.mjs':
      "export default async (req, res) => { await null; if (req.url !== '/hi?x=1') throw new Error(req.url); res.end(); };",
    'later.mjs': 'export function handler(req, res) { setImmediate(() => res.end()); }',
    'tiny.mjs': `import { Bench } from '${import.meta.resolve('tinybench')}';
const bench = new Bench();
bench.add('parse json', () => JSON.parse('{"a":1}')).add('async', async () => {});
export default bench;
`,
  });
  const variants = [
    'node_modules/dep',
    'cjs.cjs',
    'object.mjs',
    'sync.mjs',
    'async.mjs',
    'later.mjs',
    'tiny.mjs',
  ];
  const { variants: runs, stderr } = await benchJson([...variants, '--request=/hi?x=1', ...short], cwd);
  assert.deepEqual(
    runs.map(({ variant, results, failures }) => [variant, ...results.map(({ name }) => name), ...failures]),
    [
      ['dep', 'BenchmarkDep'],
      ['cjs', 'BenchmarkZ', 'BenchmarkA'],
      ['object', 'BenchmarkO'],
      ['sync', 'BenchmarkHi'],
      ['async', 'BenchmarkAsync'],
      ['later', 'BenchmarkHandler'],
      ['tiny', 'BenchmarkParse_json', 'BenchmarkAsync'],
    ],
  );
  assert.doesNotMatch(stderr, /threw|wrote/);
  for (const { results } of runs) for (const { iterations } of results) assert.ok(Number(iterations) >= 200);
  const [result] = runs[0]?.results ?? [];
  assert.deepEqual(Object.keys(result ?? {}).sort(), [
    'allocsPerOp',
    'allocsSteady',
    'batches',
    'bytesPerOp',
    'drift',
    'iterations',
    'mbPerS',
    'metrics',
    'name',
    'nsPerOp',
    'p50',
    'p99',
    'threads',
    'waited',
    'warmup',
    'warnings',
  ]);
  assert.deepEqual([runs[0]?.skipped, runs[0]?.profiles, runs[0]?.saved], [[], [], null]);
  assert.deepEqual(Object.keys(runs[0]?.config ?? {}), ['goos', 'goarch', 'pkg', 'cpu', 'node']);
  assert.equal(
    readdirSync(cwd).some((name) => /^prof\.|^mem\./.test(name)),
    false,
  );
});

test('prof bench: what tinybench tasks allocate', async (t) => {
  const code = `import { Bench } from '${import.meta.resolve('tinybench')}';
let x = 1;
let kept;
export default new Bench()
  .add('nothing', () => {})
  .add('nested', () => ({ a: x, b: [1, x] }))
  .add('bytes', () => { kept = new Uint8Array(20000); })
  .add('later', async () => { kept = { a: x, b: 2 }; })
  .add('hidden', () => { const p = { a: x, b: 2 }; kept = p.a + p.b; });
`;
  const cwd = tempFolder(t, { 'tiny.mjs': code });
  const { variants } = await benchJson(['tiny.mjs', ...short], cwd);
  const counts = (variants[0]?.results ?? []).map(({ name, allocsPerOp, bytesPerOp }) => {
    // An array buffer has some words more from Node 24 on.
    const bytes = name === 'BenchmarkBytes' ? Math.floor(Number(bytesPerOp) / 1000) * 1000 : bytesPerOp;
    return `${name} ${allocsPerOp} ${bytes}`;
  });
  assert.deepEqual(counts, [
    'BenchmarkNothing 0 0',
    'BenchmarkNested 3 104',
    'BenchmarkBytes 2 20000',
    'BenchmarkLater 2 88', // the object and a promise
    'BenchmarkHidden 0 0',
  ]);
});

test('prof bench: several variants in turn, each with its files', async (t) => {
  const cwd = tempFolder(t, { 'fixtures/a/a.bench.mjs': good, 'fixtures/step2/b.bench.mjs': good });
  const args = [
    'bench',
    'a',
    'step2',
    '--count=2',
    '--benchtime=200x',
    '--no-memprofile',
    '--out-dir=fixtures',
  ];
  const { status, stdout, stderr } = await runProf(args, { cwd });
  assert.equal(status, 0);
  const rows = stdout.split('\n').map((line) => line.split(/[\t ]/)[0]);
  assert.deepEqual(rows.slice(5), [
    ...['variant:', 'BenchmarkX', 'variant:', 'BenchmarkX', 'BenchmarkX', 'variant:', 'BenchmarkX'],
    ...['PASS', 'ok', 'PASS', 'ok', ''],
  ]);
  assert.match(
    stderr,
    /wrote fixtures\/prof\.cpu\.a, fixtures\/mem\.a, fixtures\/prof\.cpu\.2, fixtures\/mem\.2\n$/,
  );
  const saved = readFileSync(join(cwd, 'fixtures/mem.2'), 'utf8');
  assert.equal(saved.match(/^BenchmarkX/gm)?.length, 2);
  assert.doesNotMatch(saved, /variant/);
  const profile = decodeProfile(readFileSync(join(cwd, 'fixtures/prof.cpu.2')), 'prof.cpu.2');
  assert.match(profile.comments[0] ?? '', /^step2 \(b\.bench\.mjs\)/);
});

test('prof bench: --bench chooses sub-benchmarks', async (t) => {
  const code = `export async function BenchmarkS(b) {
  for (const size of [1, 10, 2]) await b.run('size=' + size, (b) => { for (let i = 0; i < b.n; i++); });
}
export const BenchmarkT = (b) => {};
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  const { variants } = await benchJson(['v', '--bench=/size=1', ...short], cwd);
  assert.deepEqual(
    variants[0]?.results.map(({ name }) => name),
    ['BenchmarkS/size=1', 'BenchmarkS/size=10'],
  );
});

test('prof bench: what reaches the children', async (t) => {
  const code = `export function BenchmarkX(b) {
  if (process.env.FROM_FILE !== 'a b') throw new Error('FROM_FILE');
  if (!process.execArgv.includes('--stack-size=900')) throw new Error(process.execArgv.join(' '));
  if (!process.env.NODE_OPTIONS.startsWith('--no-deprecation ')) throw new Error('NODE_OPTIONS');
  for (let i = 0; i < b.n; i++);
}`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code, '.env': 'FROM_FILE="a b"\n' });
  const args = ['bench', 'v', '--env-file=.env', '--node-option=--stack-size=900', ...short];
  const env = { ...process.env, NODE_OPTIONS: '--no-deprecation' };
  const { status, stderr } = await runProf(args, { cwd, env });
  assert.deepEqual([status, stderr], [0, '']);
});

test('prof bench: threads share the iterations', async (t) => {
  const code = `import { isMainThread } from 'node:worker_threads';
import { shared } from 'prof-toolkit/sync';
const count = new Int32Array(shared('count', 4));
let wanted = 0;
export async function BenchmarkCount(b) {
  wanted += b.n;
  await b.runParallel((pb) => { while (pb.next()) Atomics.add(count, 0, 1); });
  b.reportMetric(Atomics.load(count, 0) - wanted, 'missed');
}
export const BenchmarkThrow = (b) => b.runParallel((pb) => { if (!isMainThread) throw new RangeError('in a thread'); });
export const BenchmarkFail = (b) => b.runParallel((pb) => { if (!isMainThread) b.fail('no good'); });
export const BenchmarkSkip = (b) => b.runParallel((pb) => b.skip('not today'));
export const BenchmarkExit = (b) => b.runParallel((pb) => { if (!isMainThread) process.exit(); });
export async function BenchmarkOuter(b) {
  await b.run('inner', (b) => b.runParallel(async (pb) => { while (pb.next()) await null; }));
}
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  const { variants } = await benchJson(['v', ...short], cwd);
  const { results, failures, skipped } = variants[0] ?? assert.fail('no run');
  const [count, inner] = results;
  const threads = Number(count?.['threads']);
  const suffix = threads > 1 ? `-${threads}` : '';
  assert.deepEqual(
    [count?.['name'], inner?.['name']],
    [`BenchmarkCount${suffix}`, `BenchmarkOuter/inner${suffix}`],
  );
  assert.deepEqual([count?.['iterations'], count?.['metrics']], [200, { missed: 0 }]);
  assert.deepEqual(failures, [
    { name: 'BenchmarkThrow', message: 'threw RangeError: in a thread' },
    { name: 'BenchmarkFail', message: 'no good' },
    { name: 'BenchmarkExit', message: 'ended one of its threads with status 0' },
  ]);
  assert.deepEqual(skipped, [{ name: 'BenchmarkSkip', reason: 'not today' }]);
});

test('prof bench: --cpu, and several parallel parts in one benchmark', async (t) => {
  const code = `import { shared } from 'prof-toolkit/sync';
const counts = new Int32Array(shared('counts', 8));
let wanted = 0;
const part = (i) => (pb) => { while (pb.next()) Atomics.add(counts, i, 1); };
export async function BenchmarkTwo(b) {
  wanted += b.n;
  await b.runParallel(part(0));
  await b.runParallel(part(1));
  b.reportMetric(Atomics.load(counts, 0) - wanted, 'first');
  b.reportMetric(Atomics.load(counts, 1) - wanted, 'second');
}
export function BenchmarkOne(b) { for (let i = 0; i < b.n; i++) b.keep({ i }); }
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  const { variants } = await benchJson(['v', '--cpu=1,3', ...short], cwd);
  const told = variants[0]?.results.map(({ name, threads, metrics }) => [name, threads, metrics]);
  const all = { first: 0, second: 0 };
  assert.deepEqual(told, [
    ['BenchmarkTwo', 1, all],
    ['BenchmarkTwo-3', 3, all],
    ['BenchmarkOne', 1, {}],
  ]);
  const wrong = await runProf(['bench', 'v', '--cpu=1,x'], { cwd });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /--cpu.*"1,x"/);
});

test('prof bench: benchmarks that spoil what they run in', async (t) => {
  const code = `delete globalThis.performance; delete globalThis.setImmediate;
process.hrtime.bigint = () => 0n; Date.now = () => 0; process.chdir('/');
globalThis.setTimeout = () => { throw new Error('no timers'); };
Object.prototype.more = 1;
export class Batch { static run(x) { return [x]; } }
export function BenchmarkBatch(b) { for (let i = 0; i < b.n; i++) b.keep(Batch.run(i)); }
`;
  const cwd = tempFolder(t, { 'sp ace ü%20#?/a b.bench.mjs': code });
  const { variants, stderr } = await benchJson(['sp ace ü%20#?', '--benchtime=200x', '--no-memprofile'], cwd);
  const [run] = variants;
  assert.deepEqual(run?.failures, []);
  assert.ok(Number(run?.results[0]?.['nsPerOp']) > 0);
  assert.equal(stderr.split('\n').at(-2), 'wrote prof.cpu, mem.sp ace ü%20#?');
});

test('prof bench: a CPU profile of each repetition where one is named', async (t) => {
  const cwd = tempFolder(t, { 'a.mjs': good, 'b.mjs': good });
  const args = ['a.mjs', 'b.mjs', '--count=2', '--cpuprofile=p.cpu', '--no-memprofile', '--no-save'];
  const { variants } = await benchJson([...args, '--benchtime=20ms'], cwd);
  assert.deepEqual(
    variants.map(({ profiles }) => profiles.map((path) => basename(path))),
    [
      ['p.cpu.a.1', 'p.cpu.a.2'],
      ['p.cpu.b.1', 'p.cpu.b.2'],
    ],
  );
  const names = readdirSync(cwd).filter((name) => name.startsWith('p.cpu'));
  assert.deepEqual(names.sort(), ['p.cpu.a.1', 'p.cpu.a.2', 'p.cpu.b.1', 'p.cpu.b.2']);
  for (const name of names) {
    const { comments } = decodeProfile(readFileSync(join(cwd, name)), name);
    assert.ok(
      comments.some((comment) => /^# operations: BenchmarkX [1-9]\d*$/.test(comment)),
      name,
    );
  }
  assert.equal((await runProf(['diff', ...names], { cwd })).status, 0);
});

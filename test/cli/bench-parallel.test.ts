import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Nothing but the measuring, and that as short as can be. */
const short = ['--benchtime=200x', '--cpu=2', '--no-cpuprofile', '--no-memprofile', '--no-save'];

/** The first lines of a file; lines of the code behind it count from 5. */
const head = `import { isMainThread } from 'node:worker_threads';
import { shared } from 'prof-toolkit/sync';
const cells = new Int32Array(shared('cells', 8));
const inWorker = (message) => { if (!isMainThread) throw new RangeError(message); };
`;

/** Runs the benchmark of a file, and says what came of it: the lines of the result, and what is said of it. */
async function outcome(cwd: string): Promise<readonly [result: string, said: string]> {
  const { stdout, stderr } = await runProf(['bench', 'v', '--timeout=60s', ...short], { cwd });
  const result = stdout.split('\n').slice(5, -3).join('\n');
  return [result, stderr.replaceAll(cwd, '')];
}

test('prof bench: what goes wrong in a thread is the failure of the benchmark, with its place', async (t) => {
  const check = async (body: string, message: string, hint: string): Promise<void> => {
    const code = `${head}export const BenchmarkX = (b) => ${body};\n`;
    const cwd = tempFolder(t, { 'v/a.bench.ts': code });
    const [result, said] = await outcome(cwd);
    assert.equal(result, `--- FAIL: BenchmarkX\n    ${message}`, body);
    assert.equal(said, `prof: BenchmarkX: ${message}\n${hint === '' ? '' : `  ${hint}\n`}`, body);
  };
  const line4 = 'at inWorker (/v/a.bench.ts:4:58)';
  await check("b.runParallel((pb) => { while (pb.next()) inWorker('x'); })", 'threw RangeError: x', line4);
  await check(
    "b.runParallel(async (pb) => { while (pb.next()) { await null; inWorker('x'); } })",
    'threw RangeError: x',
    line4,
  );
  await check("{ inWorker('x'); return b.runParallel(() => {}); }", 'threw RangeError: x', line4);
  await check(
    "b.runParallel(() => new Promise(() => setTimeout(() => inWorker('x'), 1)))",
    'threw RangeError: x',
    line4,
  );
  await check(
    "b.runParallel(() => new Promise(() => setInterval(() => {}, 100) && Promise.reject(new RangeError('x'))))",
    'threw RangeError: x',
    'at /v/a.bench.ts:5:117',
  );
  await check('b.runParallel(() => { throw { f() {} }; })', 'threw Error: [object Object]', '');
  await check(
    "b.runParallel(() => { class Odd extends Error { name = 'Odd'; f = () => 1; } throw new Odd('x'); })",
    'threw Odd: x',
    'at /v/a.bench.ts:5:117',
  );
  await check(
    'b.runParallel(() => process.exit(3))',
    'ended one of its threads with status 3',
    'A benchmark must not call process.exit().',
  );
  await check("b.runParallel((pb) => { while (pb.next()) b.fail('no good'); })", 'no good', '');
  // The other thread waits for the one that has failed.
  await check(
    "b.runParallel(() => { if (Atomics.add(cells, 0, 1) === 0) inWorker('x'); Atomics.wait(cells, 1, 0); })",
    'threw RangeError: x',
    line4,
  );
});

test('prof bench: a file that a thread cannot import', async (t) => {
  const cwd = tempFolder(t, {
    'v/a.bench.ts': `${head}inWorker('x');\nexport const BenchmarkX = (b) => b.runParallel(() => {});\n`,
  });
  const [result, said] = await outcome(cwd);
  assert.equal(result, '--- FAIL: BenchmarkX\n    threw RangeError: x');
  assert.equal(said, 'prof: BenchmarkX: threw RangeError: x\n  at inWorker (/v/a.bench.ts:4:58)\n');
});

test('prof bench: b.skip in a thread', async (t) => {
  const code = `${head}export const BenchmarkX = (b) => b.runParallel((pb) => { while (pb.next()) b.skip('not today'); });\n`;
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  assert.deepEqual(await outcome(cwd), ['--- SKIP: BenchmarkX\n    not today', '']);
});

test('prof bench: allocations are summed over the threads, the same in each run', async (t) => {
  const code = `${head}class Pair { constructor(a) { this.a = a; this.b = 1; } }
let sink;
const index = Atomics.add(cells, 0, 1);
export const BenchmarkNone = (b) => b.runParallel((pb) => { let i = 0; while (pb.next()) b.keep(i++ & 7); });
export const BenchmarkOne = (b) => b.runParallel((pb) => { while (pb.next()) sink = new Pair(1); });
export const BenchmarkAsync = (b) => b.runParallel(async (pb) => { while (pb.next()) { await null; sink = new Pair(1); } });
export const BenchmarkBuffer = (b) => b.runParallel((pb) => { while (pb.next()) sink = new ArrayBuffer(1024); });
export const BenchmarkUneven = (b) => b.runParallel((pb) => {
  // The main thread has taken 0.
  const count = index === 1 ? 1 : 3;
  while (pb.next()) for (let i = 0; i < count; i++) sink = new Pair(i);
});
export const BenchmarkMain = async (b) => {
  for (let i = 0; i < b.n; i++) sink = new Pair(i);
  await b.runParallel((pb) => { while (pb.next()) sink = new Pair(1); });
};
export function BenchmarkAlone(b) { for (let i = 0; i < b.n; i++) sink = new Pair(i); }
export function BenchmarkAloneBuffer(b) { for (let i = 0; i < b.n; i++) sink = new ArrayBuffer(1024); }
export async function BenchmarkAloneAsync(b) { for (let i = 0; i < b.n; i++) { await null; sink = new Pair(i); } }
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  const { stdout, stderr } = await runProf(['bench', 'v', '--json', ...short], { cwd });
  const { results } = JSON.parse(stdout).variants[0];
  const counted = new Map<string, { bytes: number; objects: number }>(
    results.map(({ name, bytesPerOp: bytes, allocsPerOp: objects }: Record<string, unknown>) => [
      name,
      { bytes, objects },
    ]),
  );
  const of = (name: string): { bytes: number; objects: number } =>
    counted.get(name) ?? assert.fail(`${name}: ${stdout}${stderr}`);
  const pair = of('BenchmarkAlone');
  assert.equal(pair.objects, 1);
  assert.deepEqual(of('BenchmarkNone-2'), { objects: 0, bytes: 0 });
  assert.deepEqual(of('BenchmarkOne-2'), pair);
  assert.deepEqual(of('BenchmarkAsync-2'), of('BenchmarkAloneAsync'));
  assert.deepEqual(of('BenchmarkBuffer-2'), of('BenchmarkAloneBuffer'));
  // One object an operation in one thread, three in the other.
  assert.deepEqual(of('BenchmarkUneven-2'), { objects: 2, bytes: 2 * pair.bytes });
  // One in the main thread for each operation, and one in a worker.
  assert.deepEqual(of('BenchmarkMain-2'), { objects: 2, bytes: 2 * pair.bytes });
  assert.ok(results.every(({ allocsSteady }: Record<string, unknown>) => allocsSteady));
});

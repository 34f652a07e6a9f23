import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

test('prof test --race: step0 races on its visitors, in the test of two threads alone', async () => {
  const { status, stdout, stderr } = await runProf(['test', 'step0', '--race']);
  assert.equal(status, 66);
  assert.match(
    stdout,
    /^--- FAIL: handleHi: two threads at once \(.*\)\n {4}race detected during execution of test\nFAIL\nFAIL {2}step0 {2}.*\n$/,
  );
  const place = 'handleHi\\(\\)\n {6}\\S*fixtures/step0/demo\\.ts:19:19\n';
  const want = `^={18}\nWARNING: DATA RACE\nRead-modify-write at "visitors" offset 0 \\(4 bytes, Int32Array\\[0\\]\\) by worker \\d:\n  ${place}(?:.*\n)*?Previous read-modify-write by worker \\d:\n  ${place}`;
  assert.match(stderr, new RegExp(want));
  assert.match(stderr, /^Hint: use Atomics\.add\(visitors, 0, 1\)\n={18}\nFound 1 data race\(s\)\n$/m);
});

test('prof test --race: step1 is silent', async () => {
  const { status, stdout, stderr } = await runProf(['test', 'step1', '--race']);
  assert.deepEqual([status, stdout.replace(/\d+\.\d\d/, '0.00'), stderr], [0, 'ok  step1  0.00s\n', '']);
});

const racing = `
  const { test } = require('node:test');
  const { Worker } = require('node:worker_threads');
  const cells = new Int32Array(new SharedArrayBuffer(4));
  const code = 'function add(v) { v[0]++ } add(require("node:worker_threads").workerData)';
  test('quiet', () => {});
  test('racing', () => Promise.all([1, 2].map(() => new Promise((resolve) =>
    new Worker(code, { eval: true, workerData: cells }).once('exit', resolve)))));
`;

test('PROFRACE: exit status, log file, suppressions', async (t) => {
  const check = async (options: string, want: { status: number; stderr: RegExp }): Promise<void> => {
    const cwd = tempFolder(t, { 'a.test.cjs': racing, known: '# ours\nrace_top:ad*\n' });
    const env = { ...process.env, PROFRACE: options };
    const { status, stderr } = await runProf(['test', '--race', 'a.test.cjs'], { cwd, env });
    assert.equal(status, want.status, options + stderr);
    assert.match(stderr, want.stderr, options);
  };
  await check('', { status: 66, stderr: /^Found 1 data race\(s\)$/m });
  await check('exitcode=7 history_size=0', { status: 7, stderr: /^Found 1 data race\(s\)$/m });
  await check('log_path=race.log', { status: 66, stderr: /^$/ });
  await check('suppressions=known', { status: 0, stderr: /^$/ });
  await check('exitcode=0', { status: 1, stderr: /^Found 1 data race\(s\)$/m }); // the test has failed
  await check('halt_on_error=1 exitcode=9', { status: 9, stderr: /^={18}\nFound 1 data race\(s\)\n$/m });
  await check('strip_path_prefix=/', { status: 66, stderr: /\n {6}(?!\/)\S*a\.test\.cjs:/ });
  await check('suppressions=none', { status: 1, stderr: /^prof: none: cannot be read \(ENOENT\)\n/ });
  await check('suppressions=a.test.cjs', {
    status: 2,
    stderr: /^prof: a\.test\.cjs:2: ".*" suppresses nothing\n/,
  });
  await check('exitcod=7', { status: 2, stderr: /^prof: PROFRACE: "exitcod=7" is not an option\n/ });
});

test('prof test --race --json: a line of JSON for each race, and how many there were', async (t) => {
  const cwd = tempFolder(t, { 'a.test.cjs': racing });
  const { status, stderr } = await runProf(['test', '--race', '--json', 'a.test.cjs'], { cwd });
  assert.equal(status, 66);
  const [race, end, rest] = stderr.split('\n');
  assert.deepEqual([end, rest], ['{"races":1}', '']);
  const { access, offset, size, element, buffer, threads, hint } = JSON.parse(race ?? '');
  assert.deepEqual(
    { kind: access.kind, name: access.frames[0].name, offset, size, element, hint },
    {
      kind: 'read-modify-write',
      name: 'add',
      offset: 0,
      size: 4,
      element: 'Int32Array[0]',
      hint: 'use Atomics.add(v, 0, 1)',
    },
  );
  assert.deepEqual([buffer.name, buffer.byteLength, threads.length], [null, 4, 2]);
});

test('prof run --race-wasm: memory of WebAssembly is watched where it is asked for', async () => {
  const check = async (option: string, want: number): Promise<void> => {
    const { status, stderr } = await runProf(['run', option, 'test/data/race/N-wasm-memory.mjs']);
    assert.equal(status, want, stderr);
    assert.equal(/^Found 1 data race\(s\)$/m.test(stderr), want === 66, stderr);
  };
  await check('--race', 0);
  await check('--race-wasm', 66);
});

import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Nothing but the measuring, and that as short as can be. */
const short = ['--benchtime=200x', '--no-cpuprofile', '--no-memprofile', '--no-save'];

const bad = `
const good = (b) => { for (let i = 0; i < b.n; i++) b.keep(i); };
export function BenchmarkThrow(b) { throw new TypeError('boom\\nhere'); }
export function BenchmarkThrowText(b) { throw 'text'; }
export async function BenchmarkReject(b) { throw new Error('later'); }
export function BenchmarkTimer(b) { setTimeout(() => { throw new Error('in timer'); }, 5); return new Promise(() => {}); }
export function BenchmarkRejectLater(b) { for (let i = 0; i < b.n; i++) void Promise.reject(new Error('not awaited')); }
export function BenchmarkTimerLater(b) { setTimeout(() => { throw new Error('due at its end'); }, 0); }
export function BenchmarkExit0(b) { process.exit(0); }
export function BenchmarkExit3(b) { process.exit(3); }
export async function BenchmarkNever(b) { await new Promise(() => {}); }
export function BenchmarkEndless(b) { for (;;); }
export function BenchmarkSkip(b) { b.skip('not today'); }
export function BenchmarkFail(b) { b.fail('no good'); }
export function BenchmarkBreak(b) { while (b.loop()) break; }
export async function BenchmarkOuter(b) {
  await b.run('two words', good);
  await b.run('skips', (b) => b.skip());
  await b.run('two words', good);
  b.fail('outer');
}
export const BenchmarkGood = good;
`;

test('prof bench: a benchmark that does not end well is a line, and the others run', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.mjs': bad });
  const { status, stdout, stderr } = await runProf(['bench', 'v', '--timeout=6s', ...short], { cwd });
  const rows = stdout
    .replace(/^(\w+: .*\n)+/, '')
    .replace(/\t.*/g, '')
    .replace(/ +$/gm, '');
  assert.equal(
    rows,
    `--- FAIL: BenchmarkThrow
    threw TypeError: boom
    here
--- FAIL: BenchmarkThrowText
    threw Error: text
--- FAIL: BenchmarkReject
    threw Error: later
--- FAIL: BenchmarkTimer
    threw Error: in timer
--- FAIL: BenchmarkRejectLater
    threw Error: not awaited
--- FAIL: BenchmarkTimerLater
    threw Error: due at its end
--- FAIL: BenchmarkExit0
    ended without a result
--- FAIL: BenchmarkExit3
    ended its process with status 3
--- FAIL: BenchmarkNever
    ended without a result
--- FAIL: BenchmarkEndless
    did not end within 6 s
--- SKIP: BenchmarkSkip
    not today
--- FAIL: BenchmarkFail
    no good
--- FAIL: BenchmarkBreak
    returned before b.loop() gave false: is there a break or a return in the loop?
BenchmarkOuter/two_words
--- SKIP: BenchmarkOuter/skips
BenchmarkOuter/two_words#01
--- FAIL: BenchmarkOuter
    outer
BenchmarkGood
FAIL
FAIL
`,
  );
  assert.match(
    stderr,
    /^prof: BenchmarkThrow: threw TypeError: boom\nhere\n {2}at BenchmarkThrow \(\/.*\/v\/a\.bench\.mjs:3:/,
  );
  assert.match(stderr, /\nprof: BenchmarkNever: ended without a result\n {2}It waits for a promise /);
  assert.match(stderr, /\nprof: BenchmarkEndless: did not end within 6 s\n {2}Is there an endless loop\?/);
  assert.equal(status, 1);
  assert.deepEqual(readdirSync(cwd), ['v']);
});

test('prof bench: what cannot be measured at all', async (t) => {
  const cwd = tempFolder(t, {
    'empty/a.bench.mjs': 'export const x = 1;',
    'none/readme.md': '',
    'import/a.bench.mjs': "import './gone.mjs';",
    'throws/a.bench.mjs': "throw new Error('boom');",
    'exits/a.bench.mjs': 'process.exit(0);',
    'enum/a.bench.ts': 'enum E { A }\nexport function BenchmarkX() {}',
    'syntax/a.bench.mjs': 'const = 1;',
    'twice/a.bench.mjs': 'export function BenchmarkX() {}',
    'twice/b.bench.mjs': 'export function BenchmarkX() {}',
    'good/a.bench.mjs': 'export function BenchmarkX() {}',
    file: '',
  });
  const check = async (args: readonly string[], status: number, want: RegExp): Promise<void> => {
    const result = await runProf(['bench', ...args], { cwd });
    assert.match(result.stderr, want);
    assert.deepEqual([result.status, result.stdout], [status, ''], args.join(' '));
  };
  const hint = '\\n  A benchmark is an exported function `BenchmarkXxx\\(b\\)`';
  await check(['stpe3'], 1, /^prof: unknown variant "stpe3"\n {2}Did you mean "step3"\?/);
  await check(['empty'], 1, new RegExp(`^prof: empty: exports no benchmark${hint}`));
  await check(['none'], 1, new RegExp(`^prof: none: no benchmarks in this folder${hint}`));
  await check(
    ['import'],
    1,
    /^prof: .*a\.bench\.mjs: threw Error: Cannot find module '.*gone\.mjs'|^prof: threw Error: .*gone/,
  );
  await check(['throws'], 1, /^prof: .*throws\/a\.bench\.mjs: threw Error: boom\n {2}at .*a\.bench\.mjs:1:7/);
  await check(['exits'], 1, /^prof: .*exits\/a\.bench\.mjs: ended without a result\n/);
  await check(['enum'], 1, /^prof: .*enum\/a\.bench\.ts:1:1: TypeScript enum cannot be run/);
  await check(['syntax'], 1, /^prof: .*syntax\/a\.bench\.mjs: threw SyntaxError: /);
  await check(['twice'], 1, /^prof: twice: both a\.bench\.mjs and b\.bench\.mjs have a BenchmarkX\n/);
  await check(
    ['good', '--bench=Nope'],
    1,
    /^prof: good: no benchmark matches "Nope"\n {2}It has BenchmarkX\.\n$/,
  );
  // All of these are found before anything is measured.
  await check(
    ['good', '--out-dir=gone'],
    1,
    /^prof: .*gone\/prof\.cpu: no such folder\n {2}Make it first: mkdir -p /,
  );
  await check(['good', '--out-dir=file'], 1, /file is not a folder\n$/);
  await check(['good', '--save=good'], 1, /^prof: .*\/good: is a folder\n$/);
  await check(['good', '--save=x', '--cpuprofile=x'], 2, /^prof: .*\/x: would be written twice\n/);
  await check(['good', 'good'], 2, /would be written twice\n/);
  // Written with a hyphen, Node takes it for its own option and says so itself.
  await check(['good', '--env_file=gone'], 1, /^prof: gone: no such file\n$/);
  await check([], 2, /^prof: bench: too few words/);
  assert.deepEqual(
    readdirSync(cwd).filter((name) => /^prof|^mem/.test(name)),
    [],
  );
});

test('prof bench: values of options that do not fit', async (t) => {
  const cwd = tempFolder(t, { 'good/a.bench.mjs': 'export function BenchmarkX() {}' });
  const check = async (option: string, want: RegExp): Promise<void> => {
    const { status, stdout, stderr } = await runProf(['bench', 'good', option], { cwd });
    assert.match(stderr, want);
    assert.deepEqual([status, stdout], [2, ''], option);
  };
  await check('--bench=(', /^prof: --bench: "\(" is not a regular expression: /);
  await check('--benchtime=0x', /^prof: --benchtime: "0x" is not a time such as 2s/);
  await check('--benchtime=9999999999999999x', /^prof: --benchtime: /);
  await check('--timeout=soon', /^prof: --timeout: "soon" is not a time such as 10m/);
  await check('--count=0', /^prof: --count: "0" is not a whole number of at least 1/);
  await check('--request=hello', /^prof: --request: "hello" is not a request such as "GET \/hi\?color=red"/);
});

test('prof bench: doubts about a result are told', async (t) => {
  const code = `
export function BenchmarkIgnores(b) { for (let i = 0; i < 100; i++) b.keep(i); }
export async function BenchmarkOuter(b) { await b.run('inner', (b) => { for (let i = 0; i < b.n; i++); }); }
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  const args = ['--benchtime=20ms', '--no-cpuprofile', '--no-memprofile', '--no-save'];
  const { status, stderr } = await runProf(['bench', 'v', '--bench=Ignores', ...args], { cwd });
  assert.match(
    stderr,
    /^prof: BenchmarkIgnores: an iteration takes less than 0\.01 ns: does it use b\.n or b\.loop\(\)\?\n/,
  );
  assert.equal(status, 0);
});

test('prof bench: an interrupt ends the children and writes nothing', {
  skip: process.platform === 'win32',
}, async (t) => {
  const code = `console.error('pid', process.pid, '.');
export function BenchmarkX(b) { for (let i = 0; i < b.n; i++) b.keep(i); }
export function BenchmarkEndless(b) { console.error('endless'); for (;;); }
`;
  const cwd = tempFolder(t, { 'v/a.bench.mjs': code });
  let interrupted = false;
  const { status, stdout, stderr } = await runProf(['bench', 'v', '--benchtime=200x'], {
    cwd,
    onOutput: (text, kill) => {
      if (interrupted || !text.includes('endless')) return;
      interrupted = true;
      kill('SIGINT');
    },
  });
  assert.equal(status, 130);
  assert.match(stderr, /\nprof: interrupted\n$/);
  assert.match(stdout, /^BenchmarkX/m); // what was measured has been shown
  assert.doesNotMatch(stdout, /FAIL|PASS/);
  const pids = [...stderr.matchAll(/pid (\d+) \./g)].map(([, pid]) => Number(pid));
  assert.ok(pids.length >= 3, stderr);
  for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.deepEqual(readdirSync(cwd), ['v']);
});

test('prof bench: a full disk', { skip: !existsSync('/dev/full') }, async (t) => {
  const cwd = tempFolder(t, {
    'v/a.bench.mjs': 'export function BenchmarkX(b) { for (let i = 0; i < b.n; i++); }',
  });
  writeFileSync(join(cwd, 'mem.v'), 'old');
  const args = ['bench', 'v', '--benchtime=200x', '--no-memprofile', '--cpuprofile=/dev/full'];
  const { status, stdout, stderr } = await runProf(args, { cwd });
  assert.match(stdout, /\nok {2}\tv\t/);
  assert.match(stderr, /wrote mem\.v\nprof: \/dev\/full: cannot be written: the disk is full\n/);
  assert.equal(status, 1);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type ChildOptions, type Finished, runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Runs `prof test` on the file `a.test.…` with this text; times are made the same. */
async function runFile(
  t: TestContext,
  code: string,
  options: { name?: string; args?: string[] } & ChildOptions = {},
): Promise<Finished> {
  const name = options.name ?? 'a.test.mts';
  const header = name.endsWith('.cts')
    ? ''
    : "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n";
  const cwd = tempFolder(t, { [name]: header + code });
  const { stdout, ...rest } = await runProf(['test', ...(options.args ?? []), name], { ...options, cwd });
  return { ...rest, stdout: stdout.replace(/\d+\.\d\ds/g, '0.01s') };
}

const two = `test('good', () => console.log('printed'));
test('bad', async (t) => {
  await t.test('inner', () => assert.equal(1 as number, 2));
});
`;

test('prof test: the fixtures pass', async () => {
  const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => `step${n}`);
  const { status, stdout, stderr } = await runProf(['test', ...steps]);
  assert.equal(stderr, '');
  assert.equal(stdout.replace(/\d+\.\d\ds/g, '0.01s'), steps.map((step) => `ok  ${step}  0.01s\n`).join(''));
  assert.equal(status, 0);
});

test('prof test: a failing test', async (t) => {
  const { status, stdout, stderr } = await runFile(t, two);
  assert.equal(stderr, '');
  assert.equal(
    stdout.replace(/\n+ {12}.*/g, ''),
    `printed
--- FAIL: bad (0.01s)
    --- FAIL: bad/inner (0.01s)
        a.test.mts:5: Expected values to be strictly equal:
FAIL
FAIL  a  0.01s
`,
  );
  assert.equal(status, 1);
});

// The test that skips itself is in the file that `prof test` is given: it shows how it tells of one.
test('prof test -v: every test', async (t) => {
  const { status, stdout } = await runFile(t, "test('one', () => {});\ntest('two', (t) => t.skip());", {
    args: ['-v'],
  });
  const want =
    '=== RUN   one\n--- PASS: one (0.01s)\n=== RUN   two\n--- SKIP: two (0.01s)\nPASS\nok  a  0.01s\n';
  assert.deepEqual([status, stdout], [0, want]);
});

test('prof test --run: tests whose name, or that of a test around them, matches', async (t) => {
  const check = async (pattern: string, want: string): Promise<void> => {
    const { status, stdout } = await runFile(t, two, { args: [`--run=${pattern}`, '-v'] });
    assert.deepEqual(stdout.match(/^ *---.*(?= \()/gm)?.join('\n') ?? '', want);
    assert.equal(status, want.includes('FAIL') ? 1 : 0);
  };
  await check('^good$', '--- PASS: good');
  await check('(?i)GOOD', '--- PASS: good');
  await check('ba', '--- FAIL: bad\n    --- FAIL: bad/inner');
  await check('/', '');
});

test('prof test --run: a filter that matches nothing is a warning', async (t) => {
  const { status, stdout, stderr } = await runFile(t, two, { args: ['--run', 'none'] });
  assert.deepEqual([status, stdout], [0, 'ok  a  0.01s [no tests to run]\n']);
  assert.equal(stderr, 'prof: a.test.mts: no test matches "none"\n');
});

test('prof test: a folder without tests', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': '' });
  const { status, stdout, stderr } = await runProf(['test', 'v'], { cwd });
  assert.deepEqual([status, stdout, stderr], [0, '?   v [no test files]\n', '']);
});

test('prof test: a file that throws when it is loaded', async (t) => {
  const { status, stdout, stderr } = await runFile(t, "test('good', () => {});\nthrow new Error('boom');");
  assert.equal(stdout, '--- FAIL: a.test.mts (0.01s)\n    a.test.mts:4: boom\nFAIL\nFAIL  a  0.01s\n');
  assert.deepEqual([status, stderr], [1, '']);
});

test('prof test: TypeScript that cannot be run', async (t) => {
  const { status, stdout, stderr } = await runFile(t, 'enum E { A }');
  assert.match(
    stdout,
    /^--- FAIL: a\.test\.mts \(0\.01s\)\n {4}\S*a\.test\.mts:3:1: TypeScript enum cannot be run/,
  );
  assert.match(stdout, /\n {8}Use erasable TypeScript only /);
  assert.deepEqual([status, stderr], [1, '']);
});

test('prof test: wrong syntax is shown where it is', async (t) => {
  const { status, stdout, stderr } = await runFile(t, 'const = 1;', { name: 'a.test.mjs' });
  assert.match(stdout, /^--- FAIL: a\.test\.mjs \(0\.01s\)\n {4}SyntaxError: /);
  assert.match(stderr, /a\.test\.mjs:3\nconst = 1;\n +\^/);
  assert.equal(status, 1);
});

test('prof test: process.exit in a test is a failure', async (t) => {
  for (const code of [
    "test('first', () => process.exit(0));",
    "test('a', () => {});\ntest('b', async () => process.exit(0));",
  ]) {
    const { status, stdout } = await runFile(t, code);
    assert.match(
      stdout,
      /^--- FAIL: a\.test\.mts \(0\.01s\)\n {4}the process ended with status 0 before its tests were done\n/,
    );
    assert.equal(status, 1);
  }
});

test('prof test: CommonJS, and TypeScript under node_modules', async (t) => {
  const code = "const { test } = require('node:test');\ntest('a', (t: unknown) => {});\n";
  assert.equal((await runFile(t, code, { name: 'a.test.cts' })).stdout, 'ok  a  0.01s\n');
  const module = "import { test } from 'node:test';\ntest('a', (t: unknown) => {});\n";
  const cwd = tempFolder(t, { 'node_modules/x/demo.test.mts': module });
  const { status, stdout } = await runProf(['test', 'node_modules/x'], { cwd });
  assert.match(stdout, /^ok {2}x {2}\d/);
  assert.equal(status, 0);
});

test('prof test: an interrupt ends the children', { skip: process.platform === 'win32' }, async (t) => {
  let pid = 0;
  const code =
    "test('endless', async () => { console.log('pid', process.pid, '.'); await new Promise((r) => setTimeout(r, 1e6)); });";
  const { status, stdout, stderr } = await runFile(t, code, {
    onOutput: (text, kill) => {
      if (pid > 0) return;
      pid = Number(/pid (\d+) \./.exec(text)?.[1] ?? 0);
      if (pid > 0) kill('SIGINT');
    },
  });
  assert.equal(status, 130);
  assert.equal(stderr, 'prof: interrupted\n');
  assert.doesNotMatch(stdout, /ok|FAIL/);
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('prof test: wrong words', async (t) => {
  const cwd = tempFolder(t);
  const check = async (args: readonly string[], status: number, want: RegExp): Promise<void> => {
    const result = await runProf(['test', ...args], { cwd });
    assert.match(result.stderr, want);
    assert.deepEqual([result.status, result.stdout], [status, '']);
  };
  await check(['stpe1'], 1, /^prof: unknown variant "stpe1"\n {2}Did you mean "step1"\?/);
  await check([], 2, /^prof: test: too few words\n/);
  await check(['--run=(', 'step1'], 2, /^prof: --run: "\(" is not a regular expression: /);
});

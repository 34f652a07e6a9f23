import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProf } from '../../run-child.js';
import { tempFolder } from '../../temp-folder.js';
import { root, runWatched } from '../run-watched.js';

const folder = join(root, 'test/data/updates');
const place = '  .*\\(\\)\\n      .*:\\d+:\\d+\\n';
const report = new RegExp(
  `^WARNING: LOST UPDATE\\nWrite of .* by async call \\d+, .*:\\n${place}(?:.*\\n)*?Previous write by .*, which is lost:\\n${place}(?:.*\\n)*?Value read before that by async call \\d+ at:\\n${place}`,
  'm',
);

// Programs whose name starts with R lose an update, those with N do not.
for (const name of readdirSync(folder).filter((each) => /^[RN]-/.test(each))) {
  test(`lost updates: ${name}`, async () => {
    const { status, text } = await runWatched(join(folder, name), [], { raceAsync: true });
    if (name.startsWith('N')) assert.deepEqual({ status, text }, { status: 0, text: '' });
    else {
      assert.equal(status, 66, text);
      assert.match(text, report);
      assert.match(text, /^Found 1 lost update\(s\)\n$/m);
    }
  });
}

test('prof run --race=async: the report, and the exit status', async () => {
  const { status, stdout, stderr } = await runProf([
    'run',
    '--race=async',
    'test/data/updates/R-property.mjs',
  ]);
  const file = 'test/data/updates/R-property.mjs';
  assert.deepEqual([status, stdout], [66, '']);
  assert.equal(
    stderr.replace(/ {2}<module>\(\)\n.*\n/g, ''),
    `==================
WARNING: LOST UPDATE
Write of property "balance" by async call 3, from a value that is out of date:
  withdraw()
      ${file}:6:3
Previous write by async call 1, which is lost:
  withdraw()
      ${file}:6:3
Value read before that by async call 3 at:
  withdraw()
      ${file}:4:19
Hint: read property "balance" again behind the await, or let nobody else in between read and write (a lock, a queue)
==================
Found 1 lost update(s)
`,
  );
});

test('prof test --race=async: the test that lost an update fails, in workers too', async (t) => {
  const cwd = tempFolder(t, {
    'a.test.mjs': `
      import { test } from 'node:test';
      import { Worker } from 'node:worker_threads';
      const account = { balance: 0 };
      const add = async (n) => { account.balance += await n; };
      test('alone', () => add(1));
      test('together', () => Promise.all([add(1), add(2)]));
      test('in a worker', () => new Promise((resolve) => new Worker(new URL('worker.mjs', import.meta.url)).once('exit', resolve)));
    `,
    'worker.mjs':
      'let sum = 0; const add = async () => { sum += await 1 }; await Promise.all([add(), add()]);',
  });
  const { status, stdout, stderr } = await runProf(['test', '--race=async', 'a.test.mjs'], { cwd });
  assert.equal(status, 66, stderr);
  const failed = stdout.match(/^--- FAIL: \w[\w ]+\w/gm);
  assert.deepEqual(failed, ['--- FAIL: together', '--- FAIL: in a worker']);
  assert.match(stderr, /^Found 2 lost update\(s\)\n$/m);
});

test('prof run --race=async: --json, halt_on_error, exitcode', async () => {
  const run = (options: string, ...args: string[]): ReturnType<typeof runProf> =>
    runProf(['run', '--race=async', ...args, 'test/data/updates/R-element.mjs'], {
      env: { ...process.env, PROFRACE: options },
    });
  const { status, stderr } = await run('exitcode=7', '--json');
  const [line, end, rest] = stderr.split('\n');
  assert.deepEqual([status, end, rest], [7, '{"lostUpdates":1}', '']);
  const { name, read, lost, write } = JSON.parse(line ?? '');
  assert.deepEqual([name, read.activation, lost.activation, write.activation], ['element [1]', 5, 3, 5]);
  assert.deepEqual(write.frames[0], {
    name: 'add',
    file: 'test/data/updates/R-element.mjs',
    line: 3,
    column: 28,
  });
  assert.equal((await run('halt_on_error=1 exitcode=8')).status, 8);
  assert.equal((await run('exitcode=0')).status, 0);
});

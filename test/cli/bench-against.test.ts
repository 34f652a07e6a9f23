import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository, writeAll } from '../git/repository.js';
import { runProf } from '../run-child.js';

const benchmark = 'export function BenchmarkX(b) { for (let i = 0; i < b.n; i++) b.keep(f()); }\n';
const files = {
  'package.json': '{ "name": "own", "type": "module" }',
  'v/a.bench.js': `import { f } from './f.js';\n${benchmark}`,
  'v/f.js': 'export const f = () => [{}, {}, {}];',
};
const short = ['--benchtime=200x', '--no-cpuprofile', '--no-memprofile', '--against=HEAD'];

test('prof bench --against: a revision and the files as they are, in turn', async (t) => {
  const cwd = repository(t, files);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd, encoding: 'utf8' }).trim();
  writeAll(cwd, { 'v/f.js': 'export const f = () => 1;' });
  const { status, stdout, stderr } = await runProf(['bench', 'v', '--count=2', ...short], { cwd });
  const variants = stdout.split('\n').filter((line) => /^(variant|ok)/.test(line));
  assert.deepEqual(
    variants.map((line) => line.replace(/\s.*?(?=v)|\s+[\d.]+s$/g, ' ').trim()),
    [`variant: v@${commit}`, 'variant: v', `variant: v@${commit}`, `ok v@${commit}`, 'ok v'],
  );
  const allocs = (file: string): string[] => readFileSync(join(cwd, file), 'utf8').match(/\d+ allocs/g) ?? [];
  assert.deepEqual(allocs(`mem.v@${commit}`), ['5 allocs', '5 allocs']);
  assert.deepEqual(allocs('mem.v'), ['0 allocs', '0 allocs']);
  assert.equal(status, 0, stderr);
  assert.equal(
    execFileSync('git', ['worktree', 'list'], { cwd, encoding: 'utf8' }).trim().split('\n').length,
    1,
  );
});

test('prof bench --against: what cannot be compared', async (t) => {
  const cwd = repository(t, files);
  writeAll(cwd, { 'new/a.bench.js': benchmark, 'v/a.bench.js': 'throw new Error("boom")' });
  const check = async (args: readonly string[], status: number, want: RegExp): Promise<void> => {
    const result = await runProf(['bench', ...short, ...args], { cwd });
    assert.match(result.stderr, want);
    assert.deepEqual([result.status, result.stdout], [status, '']);
  };
  await check(['new'], 1, /^prof: new: not there at [0-9a-f]+\n/);
  await check(['step3'], 1, /^prof: step3: not in the repository /);
  await check(
    ['v', '--against=gone'],
    2,
    /^prof: "gone" names no commit of this repository\n {2}A revision is/,
  );
  await check(['v', '--against-setup=exit 3'], 1, /^prof: exit 3: ended with status 3\n$/);
  await check(['v'], 1, /threw Error: boom/);
  assert.deepEqual(readdirSync(cwd).sort(), ['.git', 'new', 'package.json', 'v']);
});

test('prof bench --against: Ctrl-C leaves nothing', async (t) => {
  const cwd = repository(t, { ...files, 'v/f.js': "console.log('here'); export const f = () => 1;" });
  const { status } = await runProf(['bench', 'v', '--benchtime=1h', '--against=HEAD'], {
    cwd,
    onOutput: (text, kill) => text === 'here\n' && kill('SIGINT'),
  });
  assert.equal(status, 130);
  assert.equal(
    execFileSync('git', ['worktree', 'list'], { cwd, encoding: 'utf8' }).trim().split('\n').length,
    1,
  );
});

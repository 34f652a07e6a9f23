import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const benchmark = (value: string): string =>
  `export function BenchmarkX(b) { for (let i = 0; i < b.n; i++) b.keep(${value}); }\n`;
const files = { 'one.mjs': benchmark('[i]'), 'two.mjs': benchmark('[i, [i]]') };
const short = ['--benchtime=200x', '--no-cpuprofile', '--no-memprofile', '--no-save'];

test('prof bench --compare: ends with what prof stat says', async (t) => {
  const cwd = tempFolder(t, files);
  const { stdout, status, stderr } = await runProf(
    ['bench', 'one.mjs', 'two.mjs', '--compare', '--count=2', ...short],
    { cwd },
  );
  const [, table = ''] = stdout.split(/^ok .*two.*\n/m);
  assert.match(table, /^\ngoos: .*\n(?:.*\n)* +│ +one +│ +two +│\n/);
  assert.match(table, /^X +2\.000 ± ∞ ¹ +4\.000 ± ∞ ¹ +~ /m);
  assert.equal(status, 0, stderr);
});

test('prof bench --aa: a table, and nothing written', async (t) => {
  const cwd = tempFolder(t, files);
  const aa = ['bench', '--aa', '--count=2', '--comparisons=2', '--benchtime=200x'];
  const { stdout, status, stderr } = await runProf([...aa, 'one.mjs'], { cwd });
  assert.equal(stdout.match(/^BenchmarkX\t.*allocs\/op$/gm)?.length, 8, stdout);
  assert.match(stdout, /^2 runs compared with 2 runs of the same code\. /m);
  assert.match(stdout, /^BenchmarkX +ns\/op +0 of 2 +\d\.\d{3} +over 100%$/m); // two runs tell nothing
  assert.match(stdout, /^BenchmarkX +allocs\/op +0 of 2 +- +any$/m);
  assert.equal(status, 0, stderr);
  assert.deepEqual(readdirSync(cwd).sort(), ['one.mjs', 'two.mjs']);
  const json = JSON.parse((await runProf([...aa, '--json', 'one.mjs'], { cwd })).stdout);
  assert.deepEqual(
    json.results.map(({ unit, comparisons }: { unit: string; comparisons: number }) => [unit, comparisons]),
    [
      ['ns/op', 2],
      ['B/op', 2],
      ['allocs/op', 2],
    ],
  );
});

test('prof bench: repetitions that cannot be', async (t) => {
  const cwd = tempFolder(t, files);
  const check = async (args: readonly string[], want: RegExp): Promise<void> => {
    const { status, stdout, stderr } = await runProf(['bench', 'one.mjs', ...args], { cwd });
    assert.match(stderr, want);
    assert.deepEqual([status, stdout], [2, '']);
  };
  await check(['--aa', '--against=HEAD'], /^prof: conflicting options: --aa and --against\n/);
  await check(['--aa', '--alpha=0'], /^prof: --alpha: "0" is not a number between 0 and 1\n/);
  await check(['--aa', '--comparisons=0'], /^prof: --comparisons: "0" is not a whole number of at least 1\n/);
});

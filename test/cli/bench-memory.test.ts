import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const code = `const kept: unknown[] = [];
function two(x: number): void {
  kept[0] = new Array(8).fill(x);
  kept[1] = new Array(100).fill(x);
}
class Maker {
  make(x: number): void {
    kept[2] = new Array(8).fill(x);
    kept[3] = new Array(100).fill(x);
  }
}
async function later(x: number): Promise<void> {
  await null;
  kept[4] = new Array(8).fill(x);
  kept[5] = new Array(100).fill(x);
}
function sum(n: number): number {
  let total = 0.5;
  for (let i = 0; i < n; i++) {
    total += i * 0.25;
  }
  return total;
}
export async function BenchmarkLines(b): Promise<void> {
  const maker = new Maker();
  for (let i = 0; i < b.n; i++) {
    two(i & 7);
    maker.make(i & 7);
    await later(i & 7);
    if (sum(10) < 0) throw new Error();
  }
}
export function BenchmarkBuffer(b): void {
  for (let i = 0; i < b.n; i++) kept[6] = new Uint8Array(20000);
}
`;

test('prof bench: memory by line', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const options = ['--benchtime=1024x', '--bench=Lines', '--no-cpuprofile', '--no-save'];
  const measured = await runProf(['bench', 'v', ...options], { cwd });
  assert.equal(measured.status, 0, measured.stderr);
  const linesOf = async (name: string, type: string): Promise<Record<string, string>> => {
    const { stdout } = await runProf(['list', name, 'prof.mem', `--sample-index=${type}`, '--unit=B'], {
      cwd,
    });
    const rows = stdout.matchAll(/^ +([\d.]+)B? +([\d.]+)B? +(\d+):/gm);
    return Object.fromEntries(
      [...rows].map(([, flat = '', cum = '', line = '']) => [line, `${flat} ${cum}`]),
    );
  };
  const check = async (name: string, type: string, want: Record<number, number>): Promise<void> => {
    const lines = await linesOf(name, type);
    for (const [line, perOp] of Object.entries(want)) {
      const [flat = ''] = (lines[line] ?? '.').split(' ');
      assert.equal(flat === '.' ? 0 : Number(flat) / 1024, perOp, `${name}, ${type}, line ${line}`);
    }
  };
  await check('^two$', 'alloc_space', { 3: 112, 4: 848 });
  await check('^two$', 'alloc_objects', { 3: 2, 4: 2 });
  await check('Maker.make', 'alloc_space', { 8: 112, 9: 848 });
  await check('^later$', 'alloc_space', { 14: 112, 15: 848 });
  await check('^sum$', 'alloc_space', { 18: 0, 20: 0 }); // the number that is returned is an object, those before are not
});

test('prof bench: a memory profile that differs from B/op says so', async (t) => {
  const cwd = tempFolder(t, { 'v/a.bench.ts': code });
  const options = ['--benchtime=1024x', '--bench=Buffer', '--no-cpuprofile', '--no-save'];
  const { stderr } = await runProf(['bench', 'v', ...options], { cwd });
  assert.match(
    stderr,
    /^prof: prof\.mem: BenchmarkBuffer has \d+ B\/op in the memory profile .* 20\d+ B\/op/m,
  );
});

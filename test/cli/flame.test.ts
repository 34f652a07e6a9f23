import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hostileProfile } from '../hostile-profile.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';
import { assertInertSvg } from '../xml.js';
import { runCommand } from './run-command.js';

const data = fileURLToPath(new URL('../data/reports/', import.meta.url));
const profile = `${data}cpu.pb.gz`;

/** The lines of the picture: what is between the last line about the profile and the packages. */
function pictureOf(stdout: string): string[] {
  const lines = stdout.split('\n');
  return lines.slice(
    lines.findIndex((line) => line.startsWith('│')),
    lines.indexOf(''),
  );
}

/** A profile from stacks, by way of the folded format. */
async function flameOf(stacks: readonly string[], words: readonly string[] = []): Promise<string> {
  const stdin = Buffer.from(`${stacks.join('\n')}\n`);
  return (await runCommand(['flame', ...words, '-'], { stdin })).stdout;
}

test('flame: a row for each depth, boxes as wide as what was spent in them', async () => {
  const { stdout } = await runCommand(['flame', '--width=60', profile]);
  assert.deepEqual(pictureOf(stdout), [
    '│root 100%──────────────────────────────────────────────────',
    '│BenchmarkHi 93.26%─────────────────────────────────────│(g…',
    '│handleHi 93.04%────────────────────────────────────────',
    '│RegExp: ^\\w*$ 47.90%────────│render 42.74%───────────',
    '                             │fold …',
    '                             │fol…',
    '                             │fol…',
  ]);
});

test('flame: names are clipped by what they take on a terminal', async () => {
  const picture = pictureOf(await flameOf(['計算機;a 3', '計算機;\x1bevil 1', 'b 4'], ['--width=20']));
  assert.equal(picture[0], '│root 100%──────────');
  assert.equal(picture[1], '│b 50.00%─│計算機 5…');
  assert.ok(!picture.join('').includes('\x1b'));
});

test('flame: filters, percentages of what they leave, and packages', async () => {
  const { stdout } = await runCommand(['flame', '--focus=render', '--relative-percentages', profile]);
  assert.match(stdout, /^│render 100%/m);
  assert.match(stdout, / 100% {2}own code$/m);
  const stacks = ['main;load node_modules/express/lib/app.js:3 1'];
  assert.match(await flameOf(stacks), /1 {3}100% {2}/);
});

test('flame: a difference says how much more and less', async () => {
  const words = ['flame', `--diff-base=${profile}`, `${data}cpu-new.pb.gz`];
  const { stdout } = await runCommand(words);
  assert.match(stdout, /^│root -\d/m);
  assert.match(stdout, /^│RegExp: \^\\w\*\$ -\d/m);
});

test('flame: the same boxes as JSON', async () => {
  const { stdout } = await runCommand(['flame', '--json', profile]);
  const { report, boxes, packages } = JSON.parse(stdout);
  assert.equal(report, 'flame');
  assert.deepEqual(
    boxes
      .slice(0, 3)
      .map(({ depth, parent, name, cum }: Record<string, unknown>) => [depth, parent, name, cum]),
    [
      [0, null, 'root', 1336e6],
      [1, 0, 'BenchmarkHi', 1246e6],
      [1, 0, '(garbage collector)', 90e6],
    ],
  );
  const names = packages.map(({ package: { name } }: { package: { name: string } }) => name);
  assert.deepEqual(names, ['native', 'own code', 'garbage collector']);
});

test('flame: colours where they are wanted, COLUMNS where nothing is said', async () => {
  const env = { ...process.env, COLUMNS: '40' };
  const plain = await runProf(['flame', profile], { env });
  assert.equal(pictureOf(plain.stdout)[0]?.length, 40);
  const colored = await runProf(['flame', '--color', profile], { env });
  const text = colored.stdout.replace(/\x1b\[\d+m/g, '');
  assert.match(colored.stdout, /\x1b\[43m/);
  assert.equal(pictureOf(text)[0], `│root 100%${' '.repeat(30)}`);
});

test('flame: what cannot be meant', async () => {
  const check = async (words: readonly string[], message: string): Promise<void> => {
    await assert.rejects(runCommand(['flame', ...words, profile]), { code: 'usage', message });
  };
  await check(['--width=5'], '--width: "5" is not a whole number of at least 20');
  await check(['--width=99999'], '--width: "99999" is not 10000 or less');
  await check(['-i'], 'flame: -i needs a terminal to walk in');
});

test('svg: a picture that stands alone', async () => {
  const { stdout } = await runProf(['svg', profile]);
  assert.match(stdout, /^<\?xml [^>]*>\n<svg width="100%" height="100%"\s+viewBox="[^"]+"/);
  assert.match(stdout, />render<\/text>/);
  assert.match(stdout, /<script><!\[CDATA\[[\s\S]*<\/script>\n<\/svg>\n$/);
  assert.doesNotMatch(stdout, /\s(xlink:href|href|src)="/); // needs nothing from elsewhere
  const json = JSON.parse((await runCommand(['svg', '--json', profile])).stdout);
  assert.deepEqual(json, JSON.parse((await runCommand(['dot', '--json', profile])).stdout));
});

test('svg: names are text', async (t) => {
  const cwd = tempFolder(t, { stacks: 'a;<script>alert(1)</script> 3\n' });
  const { stdout } = await runProf(['svg', 'stacks'], { cwd });
  assert.match(stdout, /&lt;script&gt;alert/);
  assert.doesNotMatch(stdout, /<script>alert/);
});

test('svg: whatever a profile names, the picture is well-formed and does nothing', async (t) => {
  const cwd = tempFolder(t, { 'hostile.pb.gz': hostileProfile() });
  for (const options of [[], ['--call-tree'], ['--lines'], ['--tag-root=a]]>b']]) {
    const { stdout, stderr } = await runProf(['svg', ...options, 'hostile.pb.gz'], { cwd });
    const script = /<script><!\[CDATA\[[\s\S]*?\]\]><\/script>\n/;
    assert.match(stdout, script, stderr); // its own, for zooming
    assertInertSvg(stdout.replace(script, ''));
    assert.match(stdout, />&lt;script&gt;alert\(1\)&lt;\/script&gt;</);
  }
});

test('flame: as a page that stands alone', async (t) => {
  const cwd = tempFolder(t, {});
  const { status, stdout } = await runProf(['flame', '--html=flame.html', profile], { cwd });
  assert.deepEqual([status, stdout], [0, '']);
  assert.match(readFileSync(join(cwd, 'flame.html'), 'utf8'), /^<!doctype html>/i);
});

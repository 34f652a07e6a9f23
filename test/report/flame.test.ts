import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlameTree } from '../../src/graph/flame-tree.js';
import { subtractProfile } from '../../src/profile/merge.js';
import type { Profile } from '../../src/profile/profile.js';
import { type Flame, flameBoxes, flameOf, pivotBoxes } from '../../src/report/flame.js';
import { defaultOptions } from '../../src/report/options.js';
import { prepareReport } from '../../src/report/report.js';
import { builtProfile } from '../profile/arbitrary.js';
import { profileOf } from '../profile/stacks.js';

async function flame(profile: Profile): Promise<Flame> {
  const options = { ...defaultOptions, compile: () => () => true };
  return flameOf(await prepareReport(profile, { kind: 'flame', options, warn: () => {} }));
}

/** A line a row: `name start+width`, and what was spent in the box itself where there was something. */
function drawn({ frames }: Flame, tree: FlameTree): string[] {
  const box = (i: number): string => {
    const name = i === 0 ? 'root' : frames[tree.node[i] ?? 0]?.name;
    const flat = tree.flat[i] === 0 ? '' : ` flat ${tree.flat[i]}`;
    const before = tree.before[i] === 0 ? '' : ` before ${tree.before[i]}`;
    const cum = tree.cum[i] === tree.width[i] ? '' : ` cum ${tree.cum[i]}`;
    return `${name} ${tree.start[i]}+${tree.width[i]}${cum}${before}${flat}`;
  };
  return Array.from({ length: tree.row.length - 1 }, (_, depth) => {
    const [from, end] = [tree.row[depth] ?? 0, tree.row[depth + 1] ?? 0];
    return Array.from({ length: end - from }, (_, i) => box(from + i)).join(' | ');
  });
}

const whole = { minShare: 0 };

test('flame: siblings of one function are one box, the widest first, equal ones by name', async () => {
  const check = async (stacks: string, want: readonly string[]): Promise<void> => {
    const found = await flame(profileOf(stacks));
    assert.deepEqual(drawn(found, flameBoxes(found, whole)), want);
  };
  await check('a;b 2\na;c 3\na 1', ['root 0+6', 'a 0+6 flat 1', 'c 0+3 flat 3 | b 3+2 flat 2']);
  await check('b 1\na 1', ['root 0+2', 'a 0+1 flat 1 | b 1+1 flat 1']);
  await check('a;a;a 1\na 1', ['root 0+2', 'a 0+2 flat 1', 'a 0+1', 'a 0+1 flat 1']);
  await check('a;b 1\nc;d 5\na;b;e 1', [
    'root 0+7',
    'c 0+5 | a 5+2',
    'd 0+5 flat 5 | b 5+2 flat 1', // each row from left to right
    'e 5+1 flat 1',
  ]);
  await check('a 0', ['root 0+0']);
});

test('flame: functions of one name in two files are two boxes', async () => {
  const found = await flame(profileOf('f@a.ts:1 1\nf@b.ts:1 1\nf@b.ts:2 1'));
  const tree = flameBoxes(found, whole);
  assert.deepEqual(
    [1, 2].map((i) => `${found.frames[tree.node[i] ?? 0]?.file} ${tree.width[i]}`),
    ['b.ts 2', 'a.ts 1'],
  );
});

test('flame: what is narrower than asked for is left out, with all above it', async () => {
  const found = await flame(profileOf('a;b 90\na;c 9\na;c;d;e 1'));
  const check = (minShare: number, want: readonly string[]): void =>
    assert.deepEqual(drawn(found, flameBoxes(found, { minShare })), want);
  check(0.1, ['root 0+100', 'a 0+100', 'b 0+90 flat 90 | c 90+10 flat 9']);
  check(0.2, ['root 0+100', 'a 0+100', 'b 0+90 flat 90']);
  check(1.1, ['root 0+100']);
});

test('flame: a part of it, which fills the picture', async () => {
  const found = await flame(profileOf('a;b;c 90\na;d 9\na;d;e 1\nf 900'));
  const nodes = (names: string): number[] =>
    [...names].map((name) => found.frames.findIndex((frame) => frame.name === name));
  const check = (path: string, want: readonly string[]): void =>
    assert.deepEqual(drawn(found, flameBoxes(found, { minShare: 0.05, path: nodes(path) })), want);
  // Its callers keep their numbers, but are as wide as the picture.
  check('ad', ['root 0+10 cum 1000', 'a 0+10 cum 100', 'd 0+10 flat 9', 'e 0+1 flat 1']);
  check('a', ['root 0+100 cum 1000', 'a 0+100', 'b 0+90 | d 90+10 flat 9', 'c 0+90 flat 90']);
  check('ae', ['root 0+100 cum 1000', 'a 0+100']); // there is no such part
});

test('flame: a difference is as wide as the wider side, and tells what was before', async () => {
  const [before, after] = [profileOf('a;b 5\na;c 2\na;e 1'), profileOf('a;b 3\na;d 4\na;e 1')];
  for (const mark of [true, false]) {
    const found = await flame(subtractProfile(after, before, { mark, normalize: false }));
    assert.equal(found.isDiff, true);
    const rows = drawn(found, flameBoxes(found, whole));
    // Without the mark, equal stacks have been taken from each other, and what has not changed is gone.
    assert.deepEqual(
      rows.slice(1),
      mark
        ? [
            'a 0+12 cum 0 before 8',
            'b 0+5 cum -2 before 5 flat -2 | d 5+4 flat 4 | c 9+2 cum -2 before 2 flat -2 | e 11+1 cum 0 before 1',
          ]
        : [
            'a 0+8 cum 0 before 4',
            'd 0+4 flat 4 | b 4+2 cum -2 before 2 flat -2 | c 6+2 cum -2 before 2 flat -2',
          ],
    );
  }
  assert.equal((await flame(after)).isDiff, false);
});

test('flame: both sides of a function, by its outermost call', async () => {
  const found = await flame(profileOf('a;b;c;b 1\nd;a;b 2\nd;a;c 4\nx 8'));
  const check = (names: string, want: Record<'callees' | 'callers', readonly string[]>): void => {
    const { callees, callers } = pivotBoxes(found, ({ name }) => names.includes(name), whole);
    assert.deepEqual({ callees: drawn(found, callees), callers: drawn(found, callers) }, want);
  };
  check('b', {
    callees: ['root 0+3', 'b 0+3 flat 2', 'c 0+1', 'b 0+1 flat 1'],
    callers: ['root 0+3', 'b 0+3', 'a 0+3 flat 1', 'd 0+2 flat 2'],
  });
  check('cx', {
    callees: ['root 0+13', 'x 0+8 flat 8 | c 8+5 flat 4', 'b 8+1 flat 1'],
    callers: ['root 0+13', 'x 0+8 flat 8 | c 8+5', 'a 8+4 | b 12+1', 'd 8+4 flat 4 | a 12+1 flat 1'],
  });
  check('', { callees: ['root 0+0'], callers: ['root 0+0'] });
});

test('flame: children fit into their box, and all that is spent is somewhere', async () => {
  await fc.assert(
    fc.asyncProperty(builtProfile, fc.constantFrom(0, 0.01, 0.3), async (profile, minShare) => {
      const tree = flameBoxes(await flame(profile), { minShare });
      const [inside, flat] = [new Float64Array(tree.count), tree.flat.reduce((sum, value) => sum + value, 0)];
      for (let box = 1; box < tree.count; box++) {
        const parent = tree.parent[box] ?? 0;
        const [start = 0, width = 0] = [tree.start[box], tree.width[box]];
        assert.equal(start, (tree.start[parent] ?? 0) + (inside[parent] ?? 0));
        inside[parent] = (inside[parent] ?? 0) + width;
        assert.ok((inside[parent] ?? 0) <= (tree.width[parent] ?? 0));
      }
      if (minShare === 0) assert.equal(flat, tree.cum[0]);
    }),
  );
});

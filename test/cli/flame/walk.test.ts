import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlameWalk } from '../../../src/cli/flame/walk.js';
import { flameOf } from '../../../src/report/flame.js';
import { defaultOptions } from '../../../src/report/options.js';
import { prepareReport } from '../../../src/report/report.js';
import { profileOf } from '../../profile/stacks.js';

/**
 * Keys, a word each, pressed in the flame graph of these stacks; gives the name of the chosen box, and the names of the
 * row below the root.
 *
 *     root
 *     a 6                 b 2
 *     ax 3    ay 2        bx 2
 */
async function walk(keys: string): Promise<string> {
  const profile = profileOf('a;ax 3\na;ay 2\na 1\nb;bx 2');
  const compile = (pattern: string) => (text: string) => text.includes(pattern);
  const report = await prepareReport(profile, {
    kind: 'flame',
    options: { ...defaultOptions, compile },
    warn: () => {},
  });
  const flame = flameOf(report);
  const walking = new FlameWalk(flame, (pattern) => (name) => name.includes(pattern));
  walking.resize(40);
  let goesOn = true;
  for (const key of keys.split(' ').filter(Boolean)) {
    goesOn = walking.press({ name: key.toLowerCase(), text: key.length === 1 ? key : '' });
  }
  const name = (box: number): string =>
    box === 0 ? 'root' : (flame.frames[walking.tree.node[box] ?? 0]?.name ?? '');
  const row = (walking.rows[1] ?? []).map(({ box }) => name(box)).join(' ');
  const rest = [walking.typed === undefined ? '' : `/${walking.typed}`, walking.note, goesOn ? '' : 'left'];
  return [`${name(walking.chosen)}: ${row}`, ...rest.filter(Boolean)].join(', ');
}

test('FlameWalk: keys', async () => {
  const check = async (keys: string, want: string): Promise<void> =>
    assert.equal(await walk(keys), want, keys);
  await check('', 'root: a b');
  await check('down', 'a: a b'); // the widest
  await check('down right', 'b: a b');
  await check('down right right', 'b: a b'); // there is none further on
  await check('down down right', 'ay: a b');
  await check('down down right right', 'bx: a b'); // over the gap
  await check('down down down', 'ax: a b');
  await check('down down up up up', 'root: a b');
  await check('down right return', 'b: b');
  await check('down right return backspace', 'b: a b');
  await check('down down return', 'ax: a');
  await check('down down return r', 'root: a b');
  await check('n', 'root: a b, nothing was searched for yet: / searches');
  await check('/ y', 'root: a b, /y');
  await check('/ q', 'root: a b, /q'); // a letter like any other
  await check('/ y backspace backspace', 'root: a b');
  await check('/ y escape', 'root: a b');
  await check('/ x return', 'ax: a b, 1 of 2');
  await check('/ x return n', 'bx: a b, 2 of 2');
  await check('/ x return n n', 'ax: a b, 1 of 2');
  await check('/ x return N', 'bx: a b, 2 of 2');
  await check('/ z return', 'root: a b, no box matches');
  await check('down q', 'a: a b, left');
});

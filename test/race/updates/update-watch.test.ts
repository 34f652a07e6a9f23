import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activation } from '../../../src/race/updates/activation.js';
import { Location, unknownValue } from '../../../src/race/updates/location.js';
import { UpdateWatch } from '../../../src/race/updates/update-watch.js';

/**
 * What is lost when some steps are done: `a reads`, `b writes 3`, `a adds 4` (depends on its read by its data), `a sets 5`
 * (under a condition that its read decides), `c` for code outside of async functions.
 */
function lostIn(steps: string): string[] {
  const lost: string[] = [];
  const watch = new UpdateWatch(({ write, location }) =>
    lost.push(`${location.last?.activation?.number ?? 'c'} by ${write.activation.number}`),
  );
  const a = watch.enter();
  watch.current = undefined;
  const b = watch.enter();
  const child = watch.enter(); // called by b
  watch.current = undefined;
  const who: Record<string, Activation | undefined> = { a, b, d: child };
  const location = new Location('x');
  for (const step of steps.split('; ')) {
    const [name = '', verb, value] = step.split(' ');
    const activation = who[name];
    const dependence = { data: verb === 'adds' ? [1] : [], control: verb === 'sets' ? [1] : [] };
    if (verb === 'reads')
      watch.read(location, value ?? unknownValue, { site: 1, activation, dependence: undefined });
    else
      watch.write(location, value, {
        site: 2,
        activation,
        dependence: verb === 'writes' ? undefined : dependence,
      });
  }
  return lost;
}

test('UpdateWatch: what is lost', () => {
  const check = (steps: string, ...want: readonly string[]): void =>
    assert.deepEqual(lostIn(steps), want, steps);
  check('a reads; b writes 1; a adds 2', '2 by 1');
  check('a reads; b writes 2; a adds 2', '2 by 1'); // both have added one
  check('a reads; c writes 1; a adds 2', 'c by 1');
  check('a reads; b writes 1; a sets 2', '2 by 1');
  check('a reads; b reads; a adds 1; b adds 2; a reads; a adds 3', '1 by 2');
  check('a reads; b writes 1; a adds 2; b writes 3; a adds 4', '2 by 1', '2 by 1');
});

test('UpdateWatch: what is not', () => {
  const check = (steps: string): void => assert.deepEqual(lostIn(steps), [], steps);
  check('a reads; a adds 1; a adds 2');
  check('b writes 1; a reads; a adds 2'); // before
  check('a reads; b writes 1; a reads; a adds 2'); // read again
  check('a reads; b writes 1; a writes 2'); // does not depend on it
  check('a reads; b writes 1; a sets 1'); // there already
  check('a reads 7; b writes 7; a adds 8'); // nothing has changed
  check('b reads; d writes 1; b adds 2'); // what it has called itself
});

test('Activation: far descendants count as such when they are not known any more', () => {
  const first = new Activation(0, undefined);
  const other = new Activation(1, undefined);
  let last = first;
  for (let i = 2; i < 900; i++) last = new Activation(i, last);
  assert.deepEqual([last.isBelow(first), last.isBelow(other), first.isBelow(last)], [true, false, false]);
  for (let i = 900; i < 1900; i++) last = new Activation(i, last);
  assert.deepEqual([last.isBelow(first), last.isBelow(other)], [true, true]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WaitMeter } from '../../src/sync/wait-meter.js';

/** Plays changes of one meter on a clock of its own; what each `take` gave. */
function play(t: { mock: typeof test.mock }, changes: readonly (readonly [number, Change])[]): number[] {
  let now = 2n ** 60n; // the clock has run for long
  const clock = t.mock.method(process.hrtime, 'bigint', () => now);
  const meter = new WaitMeter(new SharedArrayBuffer(8), 0);
  const taken: number[] = [];
  for (const [nanos, change] of changes) {
    now += BigInt(nanos);
    const gave = meter[change]();
    if (gave !== undefined) taken.push(gave);
  }
  clock.mock.restore();
  return taken;
}

type Change = 'join' | 'leave' | 'take';

test('WaitMeter: what all have waited since it was asked last', (t) => {
  const check = (text: string, want: readonly number[]): void => {
    const changes = [...text.matchAll(/(\d+) (join|leave|take)/g)].map(
      ([, nanos, change]) => [Number(nanos), change as Change] as const,
    );
    assert.deepEqual(play(t, changes), want, text);
  };
  check('0 take', [0]); // nobody waits
  check('0 join 30 take', [30]);
  check('0 join 30 take 10 take', [30, 10]);
  check('0 join 30 take 5 leave 10 take', [30, 0]); // the way from being woken to going on is nobody's
  check('0 join 10 join 10 take', [30]); // two at once
  check('0 join 10 join 10 take 1 leave 4 take', [30, 4]);
  check('0 leave 10 take', [0]); // of one that joined before it was watched
  check('0 join 280000000000000 take', [280e12]); // three days, and they wait on
});

test('WaitMeter: adds up to the time that each has waited, whatever their order', (t) => {
  const step = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom<Change>('join', 'take'));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 0;
      let want = 0;
      const starts: number[] = [];
      for (const [nanos, change] of steps) {
        now += nanos;
        if (change === 'join') starts.push(now);
      }
      for (const start of starts) want += now - start;
      const sum = play(t, [...steps, [0, 'take']]).reduce((total, nanos) => total + nanos, 0);
      assert.equal(sum, want);
    }),
  );
});

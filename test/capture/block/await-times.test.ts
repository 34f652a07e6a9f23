import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwaitTimes } from '../../../src/capture/block/await-times.js';
import { Sampling } from '../../../src/capture/block/sampling.js';
import { randomNumbers } from '../../../src/stats/random.js';

/** A sampling that has every await looked at, or one of eight. */
function sampling(every: 1 | 8): Sampling {
  const made = new Sampling({ rate: 1, random: randomNumbers() }, 0);
  if (every === 8) for (let i = 0; i < 2000; i++) made.paid(1000, 0, 0.1);
  assert.equal(made.every, every);
  return made;
}

test('AwaitTimes: each await is told where they are few', () => {
  let now = 1;
  const times = new AwaitTimes(sampling(1), () => now);
  const check = (millis: number): void => {
    const start = times.begin();
    now += millis;
    const { nanos, count } = times.end(start);
    assert.deepEqual([Math.round(nanos), count], [millis * 1e6, 1], `${millis} ms`);
  };
  for (const millis of [0.5, 0.001, 19, 20, 5000]) check(millis);
});

/** What is told of so many awaits of so many milliseconds, one after the other; what is done in between keeps nobody from looking at the clock. */
function told(count: number, millis: number): { readonly awaits: number; readonly millis: number } {
  let now = 1;
  const times = new AwaitTimes(sampling(8), () => now);
  const draw = randomNumbers();
  let [awaits, sum] = [0, 0];
  /** Time goes on, up to the next look and beyond it. */
  const pass = (duration: number): void => {
    const end = now + duration;
    if (Math.floor(end) > Math.floor(now)) times.saw(Math.floor(end));
    now = end;
  };
  for (let i = 0; i < count; i++) {
    pass(draw());
    const start = times.begin();
    pass(millis);
    const { nanos, count: stoodFor } = times.end(start);
    if (nanos === 0) continue;
    awaits += stoodFor;
    sum += (stoodFor * nanos) / 1e6;
  }
  return { awaits, millis: sum };
}

test('AwaitTimes: where they are many some short ones stand for all, and long ones are all told', () => {
  const check = (millis: number, within: number): void => {
    const count = 20_000;
    const all = told(count, millis);
    assert.ok(Math.abs(all.awaits / count - 1) <= within, `${millis} ms: ${all.awaits} awaits`);
    assert.ok(Math.abs(all.millis / count / millis - 1) <= within, `${millis} ms: ${all.millis} ms`);
  };
  check(0.25, 0.03);
  check(5, 0.03);
  check(22, 0.001);
  check(700, 0.001);
});

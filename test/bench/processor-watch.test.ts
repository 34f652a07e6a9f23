import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcessorWatch, type ThreadTimes } from '../../src/bench/processor-watch.js';

test('ProcessorWatch: the share of the time that a thread waited', () => {
  const check = (want: number, ...times: readonly (ThreadTimes | undefined)[]): void => {
    const left = [...times];
    const watch = new ProcessorWatch(() => left.shift());
    watch.start();
    assert.equal(watch.waitedShare(), want);
  };
  check(0.25, { wall: 1000, waited: 70 }, { wall: 2000, waited: 320 });
  check(0, { wall: 1000, waited: 70 }, { wall: 2000, waited: 70 });
  check(0, { wall: 1000, waited: 70 }, { wall: 1000, waited: 70 });
  check(0, { wall: 1000, waited: 70 }, { wall: 2000, waited: 20 }); // several threads did its work
  check(1, { wall: 1000, waited: 0 }, { wall: 2000, waited: 3000 });
  check(0, undefined, undefined);
});

test('ProcessorWatch: this thread', () => {
  const watch = new ProcessorWatch();
  watch.start();
  const share = watch.waitedShare();
  assert.ok(share >= 0 && share <= 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcessorWatch, type ThreadTimes } from '../../src/bench/processor-watch.js';

test('ProcessorWatch: the share of the time that a thread waited for other programs', () => {
  const times = (wall: number, waited: number, others = 0): ThreadTimes => ({ wall, waited, others });
  const check = (want: number, start: ThreadTimes | undefined, end: ThreadTimes | undefined): void => {
    const left = [start, end];
    const watch = new ProcessorWatch(() => left.shift());
    watch.start();
    assert.equal(watch.waitedShare(), want);
  };
  check(0.25, times(1000, 70), times(2000, 320));
  check(0, times(1000, 70), times(2000, 70));
  check(0, times(1000, 70), times(1000, 70));
  check(0.2, times(1000, 70, 30), times(2000, 320, 80)); // its own threads ran as well
  check(0, times(1000, 70, 30), times(2000, 320, 400));
  check(0, times(1000, 70), times(2000, 20));
  check(1, times(1000, 0), times(2000, 3000));
  check(0, undefined, undefined);
});

test('ProcessorWatch: this thread', () => {
  const watch = new ProcessorWatch();
  watch.start();
  const share = watch.waitedShare();
  assert.ok(share >= 0 && share <= 1);
});

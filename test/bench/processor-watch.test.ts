import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcessorWatch, type ThreadTimes } from '../../src/bench/processor-watch.js';

const times = (waited: number, others = 0): ThreadTimes => ({ waited, others });

/** Milliseconds waited, as told by readings with the clock before and behind each. */
function waitedMillis(readings: readonly (readonly [number, ThreadTimes | undefined, number])[]): number {
  const clocks = readings.flatMap(([before, , behind]) => [before, behind]);
  const reads = readings.map(([, read]) => read);
  const watch = new ProcessorWatch({ read: () => reads.shift(), clock: () => clocks.shift() ?? Number.NaN });
  watch.start();
  return watch.waitedMillis();
}

test('ProcessorWatch: how long a thread waited for other programs', () => {
  const check = (want: number, start: ThreadTimes | undefined, end: ThreadTimes | undefined): void =>
    assert.equal(
      waitedMillis([
        [999, start, 999],
        [2000, end, 2000],
      ]),
      want,
    );
  check(250, times(70), times(320));
  check(0, times(70), times(70));
  check(200, times(70, 30), times(320, 80)); // its own threads ran as well
  check(0, times(70, 30), times(320, 400));
  check(0, times(70), times(20));
  check(1001, times(0), times(3000));
  check(0, undefined, undefined);
});

test('ProcessorWatch: readings that were interrupted', () => {
  const quick = [2000, times(154), 2000.01] as const;
  // Started again: the wait lies before.
  assert.equal(waitedMillis([[990, times(50), 994], [994, times(54), 994.01], quick]), 100);
  // Not counted: it may lie behind the end.
  assert.equal(
    waitedMillis([
      [999, times(50), 999.01],
      [2000, times(154), 2004],
    ]),
    100,
  );
});

test('ProcessorWatch: this thread', () => {
  const watch = new ProcessorWatch();
  watch.start();
  const share = watch.waitedShare();
  assert.ok(share >= 0 && share <= 1);
});

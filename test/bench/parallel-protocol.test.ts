import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Control, controlBytes, LocalPB, SharedPB } from '../../src/bench/parallel-protocol.js';

function newControl(n: number, grain: number): Control {
  const control = new Control(new SharedArrayBuffer(controlBytes));
  control.reset(n, grain);
  return control;
}

test('SharedPB: all threads together get n iterations, whatever their order', () => {
  const some = fc.record({
    n: fc.integer({ min: 0, max: 300 }),
    grain: fc.integer({ min: 1, max: 50 }),
    order: fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
  });
  fc.assert(
    fc.property(some, ({ n, grain, order }) => {
      const control = newControl(n, grain);
      const threads = Array.from({ length: 3 }, () => new SharedPB(new Control(control.memory)));
      const left = new Set(threads);
      let count = 0;
      for (const pick of order) {
        const pb = threads[pick];
        if (pb !== undefined && left.has(pb)) {
          if (pb.next()) count++;
          else left.delete(pb);
        }
        if (left.size === 0) break;
      }
      assert.equal(count, n);
    }),
  );
});

test('SharedPB: an ended one stays so, until the next round', () => {
  const control = newControl(1, 10);
  const pb = new SharedPB(control);
  assert.deepEqual([pb.next(), pb.next(), pb.next()], [true, false, false]);
  control.reset(2, 1);
  assert.deepEqual([pb.next(), pb.next(), pb.next()], [true, true, false]);
});

test('LocalPB: n iterations', () => {
  const pb = new LocalPB(2);
  assert.deepEqual([pb.next(), pb.next(), pb.next(), pb.next()], [true, true, false, false]);
  assert.equal(new LocalPB(0).next(), false);
});

test('Control: the gate, and the last end', () => {
  const control = newControl(1, 1);
  const other = new Control(control.memory);
  control.start();
  other.waitForStart(); // open: returns at once
  other.waitForStart();
  assert.equal(control.ready(), 2);
  for (const nanos of [5n, 9n, 7n]) other.finish(nanos);
  assert.equal(control.endNanos(), 9n);
  control.reset(1, 1);
  assert.deepEqual([control.ready(), control.endNanos()], [0, 0n]);
});

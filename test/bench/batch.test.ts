import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Batch, SkipSignal } from '../../src/bench/batch.js';
import { FakeClock, noHost } from './fake-clock.js';

/** What a function does while it is called: nanoseconds that go by, and calls of `b`. */
type Step = number | 'reset' | 'stop' | 'start';

function measured(steps: readonly Step[]): number {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  batch.begin(1);
  for (const step of steps) {
    if (typeof step === 'number') clock.pass(step);
    else batch[`${step}Timer`]();
  }
  return Math.round(batch.end());
}

test('Batch: what the timer measures', () => {
  const check = (want: number, ...steps: Step[]): void =>
    assert.equal(measured(steps), want, steps.join(' '));
  check(50, 50);
  check(30, 20, 'reset', 30);
  check(20, 20, 'stop', 30);
  check(25, 20, 'stop', 30, 'start', 5);
  check(29, 20, 'start', 9); // it runs already
  check(20, 20, 'stop', 'stop', 9);
  check(0, 20, 'stop', 'reset', 30); // still stopped
  check(5, 20, 'stop', 'reset', 'start', 5);
});

test('Batch: a watcher is told of the timer', () => {
  const check = (steps: readonly Step[], ...want: string[]): void => {
    const told: string[] = [];
    const batch = new Batch('BenchmarkX', noHost, new FakeClock().now);
    batch.watcher = {
      called: () => told.push('called'),
      reset: () => told.push('reset'),
      stopped: () => told.push('stopped'),
      started: () => told.push('started'),
    };
    batch.begin(2);
    for (const step of steps) if (typeof step !== 'number') batch[`${step}Timer`]();
    batch.end();
    assert.deepEqual(told, want, steps.join(' '));
  };
  check([], 'called', 'stopped');
  check(['reset'], 'called', 'reset', 'stopped');
  check(['stop', 'stop', 'start', 'start'], 'called', 'stopped', 'started', 'stopped');
  check(['stop', 'reset'], 'called', 'stopped', 'reset'); // it stands already
});

test('Batch: keeps the last number and the last of anything else', () => {
  const batch = new Batch('BenchmarkX', noHost, new FakeClock().now);
  const object = {};
  for (const value of [1, object, 2.5]) batch.keep(value);
  assert.deepEqual(batch.kept(), [2.5, object]);
});

test('Batch: threads time themselves, and what each call took adds up', async () => {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  const taking = (nanos: number) => async (): Promise<number> => {
    clock.pass(20);
    return nanos;
  };
  batch.begin(1);
  clock.pass(3);
  batch.resetTimer();
  await batch.timeApart(taking(7));
  clock.pass(30);
  await batch.timeApart(taking(500));
  assert.equal(Math.round(batch.end()), 537);
  batch.begin(1);
  batch.stopTimer();
  await batch.timeApart(taking(7));
  clock.pass(30); // still stopped
  assert.equal(Math.round(batch.end()), 7);
});

test('Batch: wall time counts what the timer leaves out', () => {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  batch.begin(1);
  batch.stopTimer();
  clock.pass(30);
  assert.deepEqual([Math.round(batch.end()), Math.round(batch.wallNanos())], [0, 30]);
});

test('Batch: elapsed is what was measured so far', () => {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  batch.begin(1);
  clock.pass(10);
  assert.equal(Math.round(batch.elapsed()), 10);
  batch.stopTimer();
  clock.pass(10);
  assert.equal(Math.round(batch.elapsed()), 10);
});

test('Batch: loop gives true n times and measures nothing else', () => {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  let rounds = 0;
  batch.begin(3);
  clock.pass(100); // set-up
  while (batch.loop()) {
    rounds++;
    clock.pass(10);
  }
  clock.pass(100); // closing
  assert.deepEqual([rounds, Math.round(batch.end()), batch.failure], [3, 30, undefined]);
});

test('Batch: a loop that is left early is a failure', () => {
  const batch = new Batch('BenchmarkX', noHost);
  batch.begin(2);
  batch.loop();
  batch.end();
  assert.match(batch.failure ?? '', /^returned before b\.loop\(\) gave false/);
});

test('Batch: begin starts all anew', () => {
  const clock = new FakeClock();
  const batch = new Batch('BenchmarkX', noHost, clock.now);
  batch.begin(5);
  batch.reportMetric(1, 'x/op');
  clock.pass(10);
  batch.stopTimer();
  batch.begin(7);
  clock.pass(3);
  assert.deepEqual([batch.n, batch.metrics.size, Math.round(batch.end())], [7, 0, 3]);
});

test('Batch: metrics', () => {
  const batch = new Batch('BenchmarkX', noHost);
  batch.begin(1);
  batch.reportMetric(1, 'hits/op');
  batch.reportMetric(2, 'hits/op');
  assert.deepEqual([...batch.metrics], [['hits/op', 2]]);
  for (const unit of ['', 'a b', 'a\n'])
    assert.throws(() => batch.reportMetric(1, unit), { message: `reportMetric: "${unit}" is not a unit` });
  batch.resetTimer();
  assert.equal(batch.metrics.size, 0);
});

test('Batch: skip throws, fail keeps its first reason', () => {
  const batch = new Batch('BenchmarkX', noHost);
  assert.throws(
    () => batch.skip('why'),
    (error) => error instanceof SkipSignal && error.message === 'why',
  );
  batch.fail('first');
  batch.fail('second');
  assert.equal(batch.failure, 'first');
});

test('Batch: what is not awaited runs one after the other', async () => {
  const events: string[] = [];
  const batch = new Batch('BenchmarkX', {
    run: async (name) => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} ends`);
    },
    runParallel: async () => void events.push('threads'),
  });
  batch.begin(1);
  void batch.run('a', () => {});
  void batch.run('b', () => {});
  void batch.runParallel(() => {});
  await batch.pending;
  assert.deepEqual(events, ['a begins', 'a ends', 'b begins', 'b ends', 'threads']);
});

test('Batch: an error of what is not awaited waits for whoever called the function', async () => {
  const batch = new Batch('BenchmarkX', noHost);
  batch.begin(1);
  void batch.run('a', () => {});
  await new Promise((resolve) => setTimeout(resolve, 1)); // it would be an unhandled rejection by now
  await assert.rejects(async () => batch.pending, /no sub-benchmarks here/);
});

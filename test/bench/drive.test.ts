import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BenchmarkFunction } from '../../src/bench/b.js';
import { type Driven, type DriveOptions, drive } from '../../src/bench/drive.js';
import type { Driver } from '../../src/bench/driver.js';
import { ProcessorWatch } from '../../src/bench/processor-watch.js';
import { FakeClock, fakeDriver } from './fake-clock.js';

const second: DriveOptions = { timeMillis: 1000, warmupMillis: 300, batchMillis: 1 };

interface Outcome {
  readonly driven: Driven;
  /** `b.n` of each measured call. */
  readonly calls: readonly number[];
  readonly warmup: readonly number[];
}

async function driveFake(
  fn: (clock: FakeClock) => BenchmarkFunction,
  options: DriveOptions,
  isAsync = false,
): Promise<Outcome> {
  const clock = new FakeClock();
  const driver: Driver & { calls: number[] } = fakeDriver(clock, fn(clock), { isAsync });
  let warm = 0;
  const beforeRun = (): void => {
    warm = driver.calls.length;
  };
  const driven = await drive(driver, { ...options, beforeRun });
  return { driven, calls: driver.calls.slice(warm), warmup: driver.calls.slice(0, warm) };
}

/** A function of which each iteration takes so long. */
const taking =
  (nanos: number) =>
  (clock: FakeClock): BenchmarkFunction =>
  (b) =>
    clock.pass(b.n * nanos);

test('drive: calls of about a millisecond, for as long as asked', async () => {
  const check = async (nanos: number, size: number): Promise<void> => {
    const { driven, calls } = await driveFake(taking(nanos), second);
    assert.ok(Math.abs(driven.nanos / driven.iterations / nanos - 1) < 1e-3, `${nanos} ns`);
    assert.ok(
      calls.every((n) => Math.abs(n / size - 1) < 0.05),
      `${nanos} ns: ${calls[0]}`,
    );
    assert.ok(Math.abs(driven.nanos / 1e9 - 1) < 0.01, `${nanos} ns: ${driven.nanos}`);
    assert.equal(driven.batches, calls.length);
  };
  await check(1, 1_000_000);
  await check(100, 10_000);
  await check(300_000, 3);
  await check(20_000_000, 1);
});

test('drive: a call that is interrupted makes none of those behind it shorter', async () => {
  let total = 0;
  const interrupted = (clock: FakeClock): BenchmarkFunction => {
    return (b) => {
      const nanos = b.n * 100;
      // The call that ends the warm-up.
      const isLast = total < 300e6 && total + nanos >= 299e6;
      total += nanos;
      clock.pass(isLast ? 20 * nanos : nanos);
    };
  };
  const { calls } = await driveFake(interrupted, second);
  assert.ok(
    calls.every((n) => Math.abs(n / 10_000 - 1) < 0.05),
    `${calls.slice(0, 3)}`,
  );
});

/**
 * Drives a function of which an iteration takes 100 ns while other programs want the processor.
 *
 * @param disturb - for each call: what it takes longer, and what the system says it has waited, in nanoseconds
 */
function driveDisturbed(
  disturb: (call: number, nanos: number) => { readonly longer: number; readonly waited: number },
): Promise<Outcome> {
  let waitedMillis = 0;
  let clockOf = (): number => 0;
  const read = (): { waited: number; others: number } => ({ waited: waitedMillis, others: 0 });
  const processor = new ProcessorWatch({ read, clock: () => clockOf() });
  const disturbed = (clock: FakeClock): BenchmarkFunction => {
    let calls = 0;
    clockOf = clock.now;
    return (b) => {
      const nanos = b.n * 100;
      const { longer, waited } = disturb(calls++, nanos);
      clock.pass(nanos + longer);
      waitedMillis += waited / 1e6;
    };
  };
  return driveFake(disturbed, { ...second, processor });
}

test('drive: what other programs had is left out, of sizes too', async () => {
  const { driven, calls } = await driveDisturbed((call) => {
    const wait = call % 3 === 0 ? 4e6 : 0;
    return { longer: wait, waited: wait };
  });
  assert.ok(Math.abs(driven.nanos / driven.iterations - 100) < 0.1, `${driven.nanos / driven.iterations}`);
  assert.ok(Math.abs(driven.p99 - 100) < 0.1, `${driven.p99}`);
  assert.ok(Math.abs(driven.waited - 0.57) < 0.01, `${driven.waited}`); // 4 of 7 ms
  assert.ok(Math.abs((calls[0] ?? 0) / 10_000 - 1) < 0.05, `${calls[0]}`);
});

test('drive: a call of which others had nearly all says nothing of the size', async () => {
  const { warmup, calls } = await driveDisturbed((call, nanos) => {
    // What the system says of a short time is more than that now and then.
    return { longer: 0, waited: call % 4 === 0 ? 0 : nanos };
  });
  const most = Math.max(...warmup, ...calls);
  assert.ok(most <= 10_000, `${most}`);
});

test('drive: the warm-up grows tenfold a call at most', async () => {
  const { warmup } = await driveFake(taking(1), second);
  for (const [i, n] of warmup.entries())
    assert.ok(n <= 10 * (warmup[i - 1] ?? 100), warmup.slice(0, i + 1).join());
});

test('drive: no warm-up for what takes as long as it is measured', async () => {
  const { warmup, calls } = await driveFake(taking(3e9), second);
  assert.deepEqual([warmup, calls], [[], [1]]);
});

test('drive: exactly so many iterations', async () => {
  const check = async (iterations: number, nanos: number): Promise<void> => {
    const options = {
      timeMillis: 0,
      iterations,
      warmupIterations: iterations,
      warmupMillis: 300,
      batchMillis: 1,
    };
    const { driven, calls } = await driveFake(taking(nanos), options);
    assert.equal(driven.iterations, iterations, `${iterations} of ${nanos} ns`);
    assert.ok(Math.max(...calls) - Math.min(...calls) <= 1, 'calls of one size');
  };
  await check(1, 1e6);
  await check(1, 10);
  await check(1000, 10);
  await check(1000, 1e6);
  await check(1_000_003, 100);
});

test('drive: exactly so many iterations, whatever they take', async () => {
  const some = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.1, max: 1e7, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(some, async ([iterations, nanos]) => {
      const options = {
        timeMillis: 0,
        iterations,
        warmupIterations: iterations,
        warmupMillis: 1,
        batchMillis: 1,
      };
      const { driven } = await driveFake(taking(nanos), options);
      assert.equal(driven.iterations, iterations);
    }),
    { numRuns: 30 },
  );
});

test('drive: a function that ignores b.n ends', async () => {
  const { driven } = await driveFake((clock) => () => clock.pass(1000), { ...second, timeMillis: 50 });
  assert.ok(driven.nanos / driven.iterations < 0.01);
});

test('drive: a function that takes no time ends', async () => {
  const { driven, calls } = await driveFake(() => () => {}, { ...second, timeMillis: 50 });
  assert.equal(driven.nanos, 0);
  assert.ok(calls.length <= 50_100, `${calls.length} calls`);
});

test('drive: what runs with a stopped timer does not grow without end', async () => {
  const stopped = (clock: FakeClock): BenchmarkFunction => {
    return (b) => {
      b.stopTimer();
      clock.pass(b.n * 1000);
    };
  };
  const { calls, warmup } = await driveFake(stopped, second);
  assert.ok(Math.max(...calls, ...warmup) * 1000 <= 21e6, 'about 20 ms a call');
  const total = [...calls, ...warmup].reduce((sum, n) => sum + n * 1000, 0);
  assert.ok(total < 60e9, `${total / 1e9} s in all`);
});

test('drive: set-up that each call repeats is kept small by longer calls', async () => {
  const setUp = (clock: FakeClock): BenchmarkFunction => {
    return (b) => {
      clock.pass(5e6);
      b.resetTimer();
      clock.pass(b.n * 100);
    };
  };
  const { calls, driven } = await driveFake(setUp, second);
  assert.ok(
    calls.every((n) => n * 100 >= 45e6),
    `${calls[0]}`,
  );
  assert.equal(Math.round(driven.nanos / driven.iterations), 100);
});

test('drive: asynchronous functions', async () => {
  const fn =
    (clock: FakeClock): BenchmarkFunction =>
    async (b) => {
      await null;
      clock.pass(b.n * 1000);
    };
  const { driven } = await driveFake(fn, { ...second, timeMillis: 20, warmupMillis: 5 }, true);
  assert.equal(Math.round(driven.nanos / driven.iterations), 1000);
});

test('drive: what a function throws is thrown', async () => {
  let calls = 0;
  const fn = (clock: FakeClock) => (): void => {
    clock.pass(1e6);
    if (calls++ > 3) throw new RangeError('fourth');
  };
  await assert.rejects(driveFake(fn, second), new RangeError('fourth'));
});

test('drive: a function that becomes asynchronous later is an error', async () => {
  let calls = 0;
  const fn = (clock: FakeClock) => (): unknown => {
    clock.pass(1e6);
    return calls++ > 3 ? Promise.resolve() : undefined;
  };
  await assert.rejects(driveFake(fn, second), /gave a promise in a later call/);
});

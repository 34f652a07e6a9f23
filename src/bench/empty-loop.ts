import type { B, BenchmarkFunction } from './b.js';
import { Batch } from './batch.js';
import { callBatch, type Driver } from './driver.js';
import { LocalPB } from './parallel-protocol.js';

/** Slower benchmarks are not mistaken for an empty loop: nanoseconds. */
const slowNanos = 10;
const loopSize = 200_000;
const loopCalls = 40;

/**
 * Nanoseconds of an iteration of a loop with nothing in it, of the kind that the benchmark has.
 *
 * @param nanosPerOp - of the benchmark
 * @returns undefined where the benchmark is much slower than any such loop
 */
export function emptyLoopNanos(benchmark: Driver, nanosPerOp: number): number | undefined {
  if (nanosPerOp > slowNanos || benchmark.isAsync) return undefined;
  const fn = benchmark.batch.usesLoop ? emptyWhile : emptyFor;
  const batch = new Batch('BenchmarkEmptyLoop', {
    run: async () => {},
    runParallel: async (batch, body) => body(new LocalPB(batch.n)),
  });
  const driver: Driver = { ...benchmark, batch, fn };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < loopCalls; i++) {
    const timing = callBatch(driver, loopSize);
    if (!(timing instanceof Promise)) least = Math.min(least, timing.nanos / timing.n);
  }
  return least;
}

const emptyFor: BenchmarkFunction = (b: B) => {
  for (let i = 0; i < b.n; i++);
};

const emptyWhile: BenchmarkFunction = (b: B) => {
  while (b.loop());
};

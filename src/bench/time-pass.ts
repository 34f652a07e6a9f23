import { type Driven, drive } from './drive.js';
import { type Driver, keepApart } from './driver.js';
import { emptyLoopNanos } from './empty-loop.js';
import { collectGarbage } from './garbage.js';
import type { BenchTime, Timed } from './job.js';
import { ProcessorWatch } from './processor-watch.js';

/** Milliseconds of warm-up: V8's optimising compiler is done with small functions by then; more until it is steady. */
const warmupMillis = 300;
const mostWarmupMillis = 1500;
/** A call of the function is measured for so long: long enough for the clock, short enough to be called often. */
const batchMillis = 1;
/** A round of a parallel benchmark is longer: starting the threads costs tens of microseconds. */
const parallelBatchMillis = 20;

/**
 * The timed pass: no profiler, V8's default flags. Time for which other programs had the
 * processor is left out, where the system tells it.
 *
 * @param threads - that shared the work of the first call; 0 where it was not parallel
 */
export async function timePass(driver: Driver, benchTime: BenchTime, threads: number): Promise<Timed> {
  await keepApart(driver);
  const driven = await drive(driver, {
    ...driveTime(benchTime),
    warmupMillis,
    warmupMostMillis: warmupMost(benchTime),
    batchMillis: batchMillisFor(threads),
    beforeRun: collectGarbage,
    // Threads wait for one another.
    processor: threads > 0 ? undefined : new ProcessorWatch(),
  });
  const nanosPerOp = driven.nanos / driven.iterations;
  return { ...timedOf(driver, driven, threads), emptyLoopNanos: emptyLoopNanos(driver, nanosPerOp) };
}

/** What driving a benchmark has told of it, but for an empty loop. */
export function timedOf({ batch }: Driver, driven: Driven, threads: number): Timed {
  return {
    ...driven,
    usesLoop: batch.usesLoop,
    emptyLoopNanos: undefined,
    bytes: batch.bytes,
    threads: Math.max(1, threads),
    parallel: threads > 0,
    metrics: Object.fromEntries(batch.metrics),
  };
}

/** Milliseconds that one call of a benchmark with so many threads is to be measured for. */
export function batchMillisFor(threads: number): number {
  return threads > 0 ? parallelBatchMillis : batchMillis;
}

/** As long as is measured, within bounds; undefined for a fixed number of iterations. */
function warmupMost(benchTime: BenchTime): number | undefined {
  if (benchTime.kind === 'iterations') return undefined;
  return Math.max(warmupMillis, Math.min(mostWarmupMillis, benchTime.millis));
}

/** `--benchtime` as `drive` takes it. */
export function driveTime(benchTime: BenchTime): {
  timeMillis: number;
  iterations: number | undefined;
  warmupIterations: number | undefined;
} {
  return benchTime.kind === 'millis'
    ? { timeMillis: benchTime.millis, iterations: undefined, warmupIterations: undefined }
    : { timeMillis: 0, iterations: benchTime.iterations, warmupIterations: benchTime.iterations };
}

import { Bench, type Statistics } from 'tinybench';
import { type BatchTiming, callBatch, type Driver } from './driver.js';

/** How long, or how many times, a benchmark is to be driven. */
export interface DriveOptions {
  /** Measured milliseconds at least; 0 with `iterations`. */
  readonly timeMillis: number;
  /** Exactly so many iterations instead. */
  readonly iterations?: number | undefined;
  /** Milliseconds of warm-up at least. */
  readonly warmupMillis: number;
  /** Iterations of warm-up at most, for `iterations`. */
  readonly warmupIterations?: number | undefined;
  /** Milliseconds that one call of the function should be measured for. */
  readonly batchMillis: number;
  /** Called between warm-up and measuring. */
  readonly beforeRun?: () => void;
}

/** What driving a benchmark has given. */
export interface Driven {
  readonly iterations: number;
  /** Nanoseconds measured, over all iterations. */
  readonly nanos: number;
  /** Calls of the function. */
  readonly batches: number;
  /** Means of batches, nanoseconds an iteration. */
  readonly p50: number;
  readonly p99: number;
}

const maxBatch = 1e9;

/**
 * Drives a benchmark by tinybench: warm-up in calls that grow to `batchMillis`, then measured calls
 * of that size. tinybench is told each call's own time and cost, so that its samples are means of
 * calibrated batches; timed call by call a fast function would read tens of nanoseconds too many.
 */
export async function drive(driver: Driver, options: DriveOptions): Promise<Driven> {
  const tally = new Tally();
  const sizer = new Sizer(driver.first, options);
  let plan: number[] | undefined;
  let warm = true;
  const size = (): number => (warm ? sizer.size : (plan?.pop() ?? sizer.size));
  const note = (timing: BatchTiming): BatchResult => {
    if (warm) sizer.learn(timing);
    else tally.add(timing);
    return batchResult(
      timing,
      warm ? { plan: undefined, timeMillis: options.warmupMillis } : { plan, timeMillis: options.timeMillis },
    );
  };
  const task = driver.isAsync
    ? async () => note(await callBatch(driver, size()))
    : () => note(callBatch(driver, size()) as BatchTiming); // not a promise: the driver is synchronous
  const bench = new Bench({
    time: options.iterations === undefined ? options.timeMillis : planMillis,
    iterations: 1,
    warmupTime: warmupTime(driver, options),
    warmupIterations: 1,
    warmup: warmupTime(driver, options) > 0,
    timestampProvider: 'hrtimeNow',
    throws: true,
    setup: (_task, mode) => {
      warm = mode === 'warmup';
      if (warm) return;
      if (options.iterations !== undefined) plan = sizer.split(options.iterations);
      options.beforeRun?.();
    },
  });
  bench.add(driver.batch.name, task, { async: driver.isAsync });
  if (driver.isAsync) await bench.run();
  else bench.runSync();
  const result = bench.tasks[0]?.result;
  return tally.result(result !== undefined && 'latency' in result ? result.latency : undefined);
}

/** tinybench's budget for a fixed number of calls, of which only the last costs anything. */
const planMillis = 1;

interface Budget {
  /** Sizes of the calls still to come, where their number is fixed. */
  readonly plan: readonly number[] | undefined;
  readonly timeMillis: number;
}

interface BatchResult {
  readonly overriddenDuration: number;
  readonly overriddenIterationCost: number;
}

/** How much longer than measured a call may run with its timer stopped. */
const maxWallShare = 20;
/** Calls of the function at most, also where it takes no time that could be measured. */
const maxCalls = 50_000;

/**
 * Milliseconds as tinybench takes them: the mean of an iteration, and the call's cost against the
 * budget: what was measured, but so much at least that a stopped timer cannot run on for ever.
 */
function batchResult(timing: BatchTiming, { plan, timeMillis }: Budget): BatchResult {
  const measured = Math.max(
    timing.nanos / 1e6,
    timing.wallNanos / (maxWallShare * 1e6),
    timeMillis / maxCalls,
  );
  const planned = plan?.length === 0 ? planMillis : 0;
  return {
    overriddenDuration: timing.nanos / timing.n / 1e6,
    overriddenIterationCost: plan === undefined ? measured : planned,
  };
}

/** No warm-up for what already takes as long as it is to be measured, or may run only a few times. */
function warmupTime({ first }: Driver, options: DriveOptions): number {
  if (options.warmupIterations !== undefined && options.warmupIterations <= 1) return 0;
  if (options.iterations === undefined)
    return first.nanos >= options.timeMillis * 1e6 ? 0 : options.warmupMillis;
  return Math.min(options.warmupMillis, (first.nanos * options.iterations) / 1e6);
}

/** Finds the size of a call from what the calls before it took. */
class Sizer {
  size = 1;
  readonly #targetNanos: number;
  #nanosPerOp: number;
  #wallNanosPerOp = 0;

  constructor(first: BatchTiming, options: DriveOptions) {
    // Set-up that each call repeats is paid once per call: longer calls keep its share small.
    const setupNanos = Math.max(0, first.wallNanos - first.nanos);
    const budgetNanos = options.timeMillis * 1e6;
    this.#targetNanos = Math.max(options.batchMillis * 1e6, Math.min(10 * setupNanos, budgetNanos / 5));
    this.#nanosPerOp = Math.max(1, first.nanos);
    if (first.nanos < this.#targetNanos) this.size = Math.max(1, Math.min(100, this.#fit()));
  }

  learn(timing: BatchTiming): void {
    this.#nanosPerOp = Math.max(timing.nanos / timing.n, 0.01);
    this.#wallNanosPerOp = timing.wallNanos / timing.n;
    this.size = Math.min(this.#fit(), Math.max(timing.n * 10, 1));
  }

  #fit(): number {
    const measured = Math.round(this.#targetNanos / this.#nanosPerOp);
    // What runs while the timer is stopped takes its time as well.
    const bearable = Math.ceil((maxWallShare * this.#targetNanos) / Math.max(this.#wallNanosPerOp, 1e-3));
    return Math.max(1, Math.min(maxBatch, measured, bearable));
  }

  /** Whole calls that make up `iterations`. */
  split(iterations: number): number[] {
    const calls = Math.max(1, Math.round(iterations / this.size));
    const each = Math.floor(iterations / calls);
    const rest = iterations - each * calls;
    return Array.from({ length: calls }, (_, i) => each + (i < rest ? 1 : 0));
  }
}

class Tally {
  #iterations = 0;
  #nanos = 0;
  #batches = 0;

  add(timing: BatchTiming): void {
    this.#iterations += timing.n;
    this.#nanos += timing.nanos;
    this.#batches++;
  }

  result(latency: Statistics | undefined): Driven {
    return {
      iterations: this.#iterations,
      nanos: this.#nanos,
      batches: this.#batches,
      p50: (latency?.p50 ?? 0) * 1e6,
      p99: (latency?.p99 ?? 0) * 1e6,
    };
  }
}

import { Bench } from 'tinybench';
import { quantile } from '../stats/quantile.js';
import { sampleOf } from '../stats/sample.js';
import { type BatchTiming, callBatch, type Driver } from './driver.js';
import type { ProcessorWatch } from './processor-watch.js';
import { Settling, type WarmedUp, WarmUp } from './warm-up.js';

/** How long, or how many times, a benchmark is to be driven. */
export interface DriveOptions {
  /** Measured milliseconds at least; 0 with `iterations`. */
  readonly timeMillis: number;
  /** Exactly so many iterations instead. */
  readonly iterations?: number | undefined;
  /** Milliseconds of warm-up at least. */
  readonly warmupMillis: number;
  /** Milliseconds of warm-up at most, for one that goes on until the benchmark is steady. */
  readonly warmupMostMillis?: number | undefined;
  /** Iterations of warm-up at most, for `iterations`. */
  readonly warmupIterations?: number | undefined;
  /** Milliseconds that one call of the function should be measured for. */
  readonly batchMillis: number;
  /** Iterations of a call at least (1). */
  readonly leastBatch?: number;
  /** Called between warm-up and measuring. */
  readonly beforeRun?: () => void;
  /** Tells of other programs, whose time is left out then. */
  readonly processor?: ProcessorWatch | undefined;
}

/** What driving a benchmark has given. */
export interface Driven {
  readonly iterations: number;
  /** Nanoseconds measured, over all iterations. */
  readonly nanos: number;
  /** Share of the time for which other programs had the processor. */
  readonly waited: number;
  /** Calls of the function. */
  readonly batches: number;
  /** Means of batches, nanoseconds an iteration. */
  readonly p50: number;
  readonly p99: number;
  /** How much slower the last third of the batches was than the first, as a share of the first; 0 for few. */
  readonly drift: number;
  readonly warmup: WarmedUp;
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
  const warmUp = new WarmUp({
    leastMillis: options.warmupMillis,
    mostMillis: options.warmupMostMillis ?? options.warmupMillis,
  });
  let settling: Settling | undefined;
  let plan: number[] | undefined;
  let warm = true;
  const size = (): number => (warm || settling !== undefined ? sizer.size : (plan?.pop() ?? sizer.size));
  const note = (timing: BatchTiming): BatchResult => {
    if (warm) {
      sizer.learn(timing);
      warmUp.add(timing);
      if (options.warmupMostMillis !== undefined) return costing(timing, warmUp.isOver ? planMillis : 0);
      return batchResult(timing, { plan: undefined, timeMillis: options.warmupMillis });
    }
    if (settling !== undefined) {
      settling.add(timing);
      if (settling.isOver) settling = undefined;
      return costing(timing, 0);
    }
    tally.add(timing);
    return batchResult(timing, { plan, timeMillis: options.timeMillis });
  };
  const { processor } = options;
  const end = (timing: BatchTiming): BatchResult => note(withoutOthers(timing, processor));
  const call = (): BatchTiming | Promise<BatchTiming> => {
    const n = size();
    processor?.start();
    return callBatch(driver, n);
  };
  const task = driver.isAsync ? async () => end(await call()) : () => end(call() as BatchTiming); // not a promise: the driver is synchronous
  const bench = new Bench({
    time: options.iterations === undefined ? options.timeMillis : planMillis,
    iterations: 1,
    warmupTime: options.warmupMostMillis === undefined ? warmupTime(driver, options) : planMillis,
    warmupIterations: 1,
    warmup: warmupTime(driver, options) > 0,
    timestampProvider: 'hrtimeNow',
    throws: true,
    setup: (_task, mode) => {
      warm = mode === 'warmup';
      if (warm) return;
      if (options.iterations !== undefined) plan = sizer.split(options.iterations);
      options.beforeRun?.();
      if (options.warmupMostMillis !== undefined && warmUp.level !== undefined)
        settling = new Settling(warmUp.level);
    },
  });
  bench.add(driver.batch.name, task, { async: driver.isAsync });
  if (driver.isAsync) await bench.run();
  else bench.runSync();
  return { ...tally.result(), warmup: warmUp.result() };
}

/** A timing as it were if no other program had had the processor; they are taken to have had it evenly. */
function withoutOthers(timing: BatchTiming, processor: ProcessorWatch | undefined): BatchTiming {
  const waitedNanos = (processor?.waitedMillis() ?? 0) * 1e6;
  if (waitedNanos === 0) return timing;
  const share = 1 - Math.min(1, waitedNanos / timing.wallNanos);
  return { n: timing.n, nanos: timing.nanos * share, wallNanos: timing.wallNanos * share, waitedNanos };
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
  const cost = Math.max(timing.nanos / 1e6, timing.wallNanos / (maxWallShare * 1e6), timeMillis / maxCalls);
  const planned = plan?.length === 0 ? planMillis : 0;
  return costing(timing, plan === undefined ? cost : planned);
}

function costing({ nanos, n }: BatchTiming, costMillis: number): BatchResult {
  return { overriddenDuration: nanos / n / 1e6, overriddenIterationCost: costMillis };
}

/** No warm-up for what already takes as long as it is to be measured, or may run only a few times. */
function warmupTime({ first }: Driver, options: DriveOptions): number {
  if (options.warmupIterations !== undefined && options.warmupIterations <= 1) return 0;
  if (options.iterations === undefined)
    return first.nanos >= options.timeMillis * 1e6 ? 0 : options.warmupMillis;
  return Math.min(options.warmupMillis, (first.nanos * options.iterations) / 1e6);
}

/** Calls from which the size of the next one is found. */
const learnedCalls = 3;
/** Calls in a row that are passed over because other programs had the processor for most of their time. */
const mostPassedOver = 10;
/** Of the next one, what must at least have been the benchmark's. */
const leastShare = 0.1;

/** Finds the size of a call from what the calls before it took. */
class Sizer {
  size: number;
  readonly #least: number;
  readonly #targetNanos: number;
  #nanosPerOp: number;
  #wallNanosPerOp = 0;
  #last: readonly BatchTiming[] = [];
  #passedOver = 0;

  constructor(first: BatchTiming, options: DriveOptions) {
    // Set-up that each call repeats is paid once per call: longer calls keep its share small.
    const setupNanos = Math.max(0, first.wallNanos - first.nanos);
    const budgetNanos = options.timeMillis * 1e6;
    this.#targetNanos = Math.max(options.batchMillis * 1e6, Math.min(10 * setupNanos, budgetNanos / 5));
    this.#least = options.leastBatch ?? 1;
    this.#nanosPerOp = Math.max(1, first.nanos);
    this.size =
      first.nanos < this.#targetNanos ? Math.max(this.#least, Math.min(100, this.#fit())) : this.#least;
  }

  /**
   * The quickest of the last calls counts: one that was interrupted would make all that follow too short. What is left of one
   * whose time others had nearly all of may be next to nothing, and would make them too long.
   */
  learn(given: BatchTiming): void {
    const { waitedNanos = 0, wallNanos, n } = given;
    const isDisturbed = waitedNanos > wallNanos;
    if (isDisturbed && this.#passedOver++ < mostPassedOver) return;
    this.#passedOver = 0;
    const leastNanos = isDisturbed ? leastShare * (wallNanos + waitedNanos) : 0;
    const timing = {
      n,
      nanos: Math.max(given.nanos, leastNanos),
      wallNanos: Math.max(wallNanos, leastNanos),
    };
    this.#last = [timing, ...this.#last.slice(0, learnedCalls - 1)];
    const quickest = this.#last.reduce((a, b) => (b.nanos / b.n < a.nanos / a.n ? b : a));
    this.#nanosPerOp = Math.max(quickest.nanos / quickest.n, 0.01);
    this.#wallNanosPerOp = quickest.wallNanos / quickest.n;
    this.size = Math.min(this.#fit(), Math.max(timing.n * 10, 1));
  }

  #fit(): number {
    const measured = Math.round(this.#targetNanos / this.#nanosPerOp);
    // What runs while the timer is stopped takes its time as well.
    const bearable = Math.ceil((maxWallShare * this.#targetNanos) / Math.max(this.#wallNanosPerOp, 1e-3));
    return Math.max(this.#least, Math.min(maxBatch, measured, bearable));
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
  #wallNanos = 0;
  #waitedNanos = 0;
  readonly #means: number[] = [];

  add(timing: BatchTiming): void {
    this.#iterations += timing.n;
    this.#nanos += timing.nanos;
    this.#wallNanos += timing.wallNanos;
    this.#waitedNanos += timing.waitedNanos ?? 0;
    this.#means.push(timing.nanos / timing.n);
  }

  result(): Omit<Driven, 'warmup'> {
    const sample = sampleOf(this.#means);
    return {
      iterations: this.#iterations,
      nanos: this.#nanos,
      waited: this.#waitedNanos / Math.max(1, this.#wallNanos + this.#waitedNanos),
      batches: this.#means.length,
      p50: quantile(sample, 0.5),
      p99: quantile(sample, 0.99),
      drift: driftOf(this.#means),
    };
  }
}

/** Batches from which on a drift says something. */
const driftBatches = 30;

/** Medians, so that single disturbed batches do not matter. */
function driftOf(means: readonly number[]): number {
  if (means.length < driftBatches) return 0;
  const third = Math.floor(means.length / 3);
  const first = quantile(sampleOf(means.slice(0, third)), 0.5);
  const last = quantile(sampleOf(means.slice(-third)), 0.5);
  return first > 0 ? last / first - 1 : 0;
}

import type { HeapSite, HeapWindowKind } from '../capture/heap.js';
import { marksSoFar } from '../source/transform/line-slot.js';
import type { TimerWatcher } from './batch.js';
import { nowMillis } from './clock.js';
import { type CpuRun, cpuRecorder } from './cpu-pass.js';
import type { TinybenchBench, TinybenchTask } from './discover.js';
import { harness } from './harness.js';
import { type HeapRecord, markMode, mostMarks } from './heap-pass.js';
import type { BenchTime, Timed } from './job.js';
import type { Operations } from './operations.js';
import { ProcessorWatch } from './processor-watch.js';
import { threadRecorder } from './thread-recorder.js';

// Tasks of a tinybench `Bench` are run by tinybench as they are: their functions are not to be had.

interface Latency {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** The timed pass of a task: tinybench's own numbers, without the share of other programs. */
export async function timeTask(
  bench: TinybenchBench,
  task: TinybenchTask,
  benchTime: BenchTime,
): Promise<Timed> {
  if (benchTime.kind === 'millis') bench.time = benchTime.millis;
  else Object.assign(bench, { time: 0, iterations: benchTime.iterations });
  const processor = new ProcessorWatch();
  processor.start();
  await runTask(task);
  const waited = processor.waitedShare();
  const { mean, p50, p99 } = latencyOf(task);
  const nanos = mean * 1e6 * task.runs * (1 - waited);
  const spread = { p50: p50 * 1e6, p99: p99 * 1e6 };
  return {
    iterations: task.runs,
    nanos,
    batches: task.runs,
    ...spread,
    drift: 0,
    warmup: { millis: 0, steady: false },
    waited,
    emptyLoopNanos: undefined,
    usesLoop: false,
    bytes: 0,
    threads: 1,
    parallel: false,
    metrics: {},
  };
}

/**
 * The operations of a task, each one call of its function. What counts is what stands below tinybench on V8's
 * stack, hooks of the task included.
 */
export async function taskOperations(bench: TinybenchBench, task: TinybenchTask): Promise<Operations> {
  await keepFromInlining(bench);
  let told: TimerWatcher | undefined;
  return {
    width: 1,
    others: undefined,
    // From 1024 runs on tinybench sorts its samples in other memory, which grows with their number.
    longestCall: 1000,
    async run(n) {
      told?.called();
      await runTimes(bench, task, n);
      told?.stopped();
    },
    watch: (watcher) => {
      told = watcher;
    },
    isOwn,
  };
}

/**
 * Shows tinybench functions of several kinds: it calls the task's from one place, and where V8 has seen but
 * one function called it may put that into its caller, whose allocations are then all of tinybench.
 */
async function keepFromInlining(bench: TinybenchBench): Promise<void> {
  const TheirBench = bench.constructor as new () => TinybenchBench; // what made `bench`
  const others = new TheirBench();
  for (const value of ['1', '{}', '[]', '""', 'null', '/a/'])
    others.add(value, new Function(`return ${value}`) as () => unknown); // as written
  Object.assign(others, { time: 0, iterations: 100 });
  for (const task of others.tasks) await task.run();
}

async function runTimes(bench: TinybenchBench, task: TinybenchTask, iterations: number): Promise<void> {
  const before = { time: bench.time, iterations: bench.iterations };
  Object.assign(bench, { time: 0, iterations });
  await runTask(task);
  Object.assign(bench, before);
}

/** A CPU profile of one run of a task, after one to warm up. */
export async function cpuOfTask(task: TinybenchTask): Promise<CpuRun> {
  await runTask(task);
  const recorder = cpuRecorder();
  const processor = new ProcessorWatch();
  recorder.start();
  processor.start();
  await runTask(task);
  const waited = processor.waitedShare();
  const nanosPerOp = latencyOf(task).mean * 1e6 * (1 - waited);
  return {
    threads: [{ thread: 'main', record: recorder.stop() }],
    operations: task.runs,
    nanosPerOp,
    waited,
  };
}

const taskRuns = 2000;

/** Every object of a short run of a task. */
export async function heapOfTask(
  bench: TinybenchBench,
  task: TinybenchTask,
  kind: HeapWindowKind,
): Promise<HeapRecord> {
  const marks = marksSoFar();
  await runTimes(bench, task, 1);
  const isByLine = (marksSoFar() - marks) / Math.max(1, task.runs) <= mostMarks / taskRuns;
  const recorder = threadRecorder({ kind: 'heap', window: kind, marks: markMode(kind, isByLine) });
  const start = nowMillis();
  recorder.start();
  await runTimes(bench, task, taskRuns);
  const threads = [{ thread: 'main', record: recorder.stop() }];
  const durationNanos = (nowMillis() - start) * 1e6;
  return { threads, operations: Math.max(1, task.runs), durationNanos, isByLine };
}

/** Runs a task from its start; throws what it throws. */
export async function runTask(task: TinybenchTask): Promise<void> {
  task.reset();
  await task.run();
  const { result } = task;
  if (typeof result === 'object' && result !== null && 'error' in result && result.error !== undefined)
    throw result.error;
}

function latencyOf({ name, result }: TinybenchTask): Latency {
  if (typeof result === 'object' && result !== null && 'latency' in result) return result.latency as Latency; // tinybench ≥ 3
  throw new Error(`tinybench gave no result for "${name}"`);
}

/** Whether code of the task stands below tinybench. */
function isOwn({ stack }: HeapSite): boolean {
  const below = stack.slice(stack.map(({ url }) => harness.isHarness(url)).lastIndexOf(true) + 1);
  return below.some(({ url }) => url !== '' && !url.startsWith('node:internal'));
}

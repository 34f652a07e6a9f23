import type { CpuProfiler } from '../capture/cpu-record.js';
import { type HeapSite, HeapWindow, type HeapWindowKind } from '../capture/heap.js';
import { nowMillis } from './clock.js';
import type { CpuRun } from './cpu-pass.js';
import type { TinybenchBench, TinybenchTask } from './discover.js';
import { collectGarbage } from './garbage.js';
import { harness } from './harness.js';
import type { HeapRecord } from './heap-pass.js';
import type { Allocated, BenchTime, Timed } from './job.js';

// Tasks of a tinybench `Bench` are run by tinybench as they are: their functions are not to be had.

interface Latency {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** The timed pass of a task; tinybench's own numbers. */
export async function timeTask(
  bench: TinybenchBench,
  task: TinybenchTask,
  benchTime: BenchTime,
): Promise<Timed> {
  if (benchTime.kind === 'millis') bench.time = benchTime.millis;
  else Object.assign(bench, { time: 0, iterations: benchTime.iterations });
  await runTask(task);
  const { mean, p50, p99 } = latencyOf(task);
  const nanos = mean * 1e6 * task.runs;
  const spread = { p50: p50 * 1e6, p99: p99 * 1e6 };
  return {
    iterations: task.runs,
    nanos,
    batches: task.runs,
    ...spread,
    bytes: 0,
    threads: 1,
    parallel: false,
    metrics: {},
  };
}

/** Allocations of one run of a task: what stands on stacks with code of its own. */
export async function allocsOfTask(bench: TinybenchBench, task: TinybenchTask): Promise<Allocated> {
  await runTask(task);
  const { sites, operations } = await heapOfTask(bench, task, 'allocated');
  const own = sites.filter(isOwn);
  const sum = (value: (site: HeapSite) => number): number =>
    own.reduce((total, site) => total + value(site), 0);
  return {
    objects: Math.round(sum((site) => site.objects) / operations),
    bytes: Math.round(sum((site) => site.bytes) / operations),
    steady: true,
  };
}

/** A CPU profile of one run of a task, after one to warm up. */
export async function cpuOfTask(task: TinybenchTask, profiler: CpuProfiler): Promise<CpuRun> {
  await runTask(task);
  profiler.start();
  await runTask(task);
  return { ...profiler.stop(), operations: task.runs, nanosPerOp: latencyOf(task).mean * 1e6 };
}

/** Every object of a short run of a task. */
export async function heapOfTask(
  bench: TinybenchBench,
  task: TinybenchTask,
  kind: HeapWindowKind,
): Promise<HeapRecord> {
  const { time, iterations } = bench;
  Object.assign(bench, { time: 0, iterations: 2000 });
  if (kind === 'in use') collectGarbage();
  const start = nowMillis();
  const window = new HeapWindow(kind);
  await runTask(task);
  if (kind === 'in use') collectGarbage();
  const sites = window.close().flat();
  Object.assign(bench, { time, iterations });
  return { sites, operations: Math.max(1, task.runs), durationNanos: (nowMillis() - start) * 1e6 };
}

async function runTask(task: TinybenchTask): Promise<void> {
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

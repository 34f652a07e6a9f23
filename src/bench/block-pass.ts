import { BlockProfiler } from '../capture/block/block.js';
import type { BlockSite } from '../capture/block/block-recorder.js';
import { nowMillis } from './clock.js';
import type { TinybenchTask } from './discover.js';
import { drive } from './drive.js';
import type { Driver } from './driver.js';
import type { BenchTime } from './job.js';
import type { ParallelThreads } from './parallel.js';
import { runTask } from './task-pass.js';
import { batchMillisFor, driveTime } from './time-pass.js';

/** Where one thread waited. */
export interface ThreadWaits {
  /** `main`, or `worker 1`, `worker 2` … of a parallel benchmark. */
  readonly thread: string;
  readonly sites: readonly BlockSite[];
}

/** Where the threads of one benchmark waited. */
export interface BlockRecord {
  readonly threads: readonly ThreadWaits[];
  readonly operations: number;
  readonly durationNanos: number;
}

const warmupMillis = 300;

/**
 * Records where one benchmark waits for as long as it was timed.
 *
 * @param rate - nanoseconds; see `Sampling`
 */
export async function blockPass(
  driver: Driver,
  benchTime: BenchTime,
  { rate, parallel }: { readonly rate: number; readonly parallel: ParallelThreads },
): Promise<BlockRecord> {
  let profiler: BlockProfiler | undefined;
  let start = 0;
  const beforeRun = (): void => {
    profiler = new BlockProfiler(rate);
    parallel.startBlockProfile(rate);
    start = nowMillis();
  };
  const batchMillis = batchMillisFor(parallel.threads);
  const driven = await drive(driver, { ...driveTime(benchTime), warmupMillis, batchMillis, beforeRun });
  const durationNanos = (nowMillis() - start) * 1e6;
  const own = { thread: 'main', sites: profiler?.stop() ?? [] };
  const workers = await parallel.stopBlockProfile();
  const others = workers.map((sites, i) => ({ thread: `worker ${i + 1}`, sites }));
  return { threads: [own, ...others], operations: driven.iterations, durationNanos };
}

/** Records where one run of a task waits, after one to warm up. */
export async function blockOfTask(task: TinybenchTask, rate: number): Promise<BlockRecord> {
  await runTask(task);
  const start = nowMillis();
  const profiler = new BlockProfiler(rate);
  await runTask(task);
  const durationNanos = (nowMillis() - start) * 1e6;
  return { threads: [{ thread: 'main', sites: profiler.stop() }], operations: task.runs, durationNanos };
}

import type { BlockSite } from '../capture/block/block-recorder.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { nowMillis } from './clock.js';
import type { TinybenchTask } from './discover.js';
import { drive } from './drive.js';
import type { Driver } from './driver.js';
import type { BenchTime } from './job.js';
import type { ParallelThreads } from './parallel.js';
import { runTask } from './task-pass.js';
import { threadRecorder } from './thread-recorder.js';
import { batchMillisFor, driveTime } from './time-pass.js';

/** What waits are to be recorded: where threads wait, or where they give back what others wait for. */
export interface WaitProfile {
  readonly kind: 'block' | 'mutex';
  /** Nanoseconds; see `Sampling`. */
  readonly rate: number;
}

/** Where the threads of one benchmark waited, or held others up. */
export interface WaitRecord {
  readonly threads: readonly ThreadRecord<readonly BlockSite[]>[];
  readonly operations: number;
  readonly durationNanos: number;
}

const warmupMillis = 300;

/** Records where one benchmark waits, or holds itself up, for as long as it was timed. */
export async function waitPass(
  driver: Driver,
  benchTime: BenchTime,
  { profile, parallel }: { readonly profile: WaitProfile; readonly parallel: ParallelThreads },
): Promise<WaitRecord> {
  const recorder = threadRecorder(profile);
  let start = 0;
  const beforeRun = (): void => {
    recorder.start();
    parallel.startRecording(profile);
    start = nowMillis();
  };
  const batchMillis = batchMillisFor(parallel.threads);
  const driven = await drive(driver, { ...driveTime(benchTime), warmupMillis, batchMillis, beforeRun });
  const durationNanos = (nowMillis() - start) * 1e6;
  const own = { thread: 'main', record: recorder.stop() };
  const workers = await parallel.stopRecording<WaitProfile['kind']>();
  return { threads: [own, ...workers], operations: driven.iterations, durationNanos };
}

/** Records where one run of a task waits, after one to warm up. */
export async function waitsOfTask(task: TinybenchTask, profile: WaitProfile): Promise<WaitRecord> {
  await runTask(task);
  const start = nowMillis();
  const recorder = threadRecorder(profile);
  recorder.start();
  await runTask(task);
  const durationNanos = (nowMillis() - start) * 1e6;
  return { threads: [{ thread: 'main', record: recorder.stop() }], operations: task.runs, durationNanos };
}

import type { HeapSite, HeapWindowKind } from '../capture/heap.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { nowMillis } from './clock.js';
import { drive } from './drive.js';
import { type Driver, runBatch } from './driver.js';
import type { JobBenchmark } from './job.js';
import type { ParallelThreads } from './parallel.js';
import { threadRecorder } from './thread-recorder.js';

/** V8's flags for the memory pass: an inlined function's allocations would be its caller's. */
export const heapFlags: readonly string[] = ['--no-turbo-inlining', '--no-maglev-inlining', '--no-use-osr'];

/** What the threads of one benchmark allocated, or left alive. */
export interface HeapRecord {
  /** The main thread's first. */
  readonly threads: readonly ThreadRecord<readonly HeapSite[]>[];
  /** Operations that ran in the window. */
  readonly operations: number;
  readonly durationNanos: number;
}

/** Objects that a window may hold; more would take too long and too much memory. */
const windowObjects = 200_000;
const calls = 8;
const warmupMillis = 300;

/**
 * Records every object that the threads of a benchmark allocate in some thousand operations.
 *
 * @param kind - all of them, or those alive after a collection at the end
 * @param benchmark - no more operations than its timed pass had are run
 */
export async function heapPass(
  driver: Driver,
  kind: HeapWindowKind,
  { benchmark, parallel }: { readonly benchmark: JobBenchmark; readonly parallel: ParallelThreads },
): Promise<HeapRecord> {
  const { iterations, nanosPerOp, objectsPerOp } = benchmark;
  const warmup = Math.min(iterations, Math.floor((warmupMillis * 1e6) / nanosPerOp));
  if (warmup > 1) await drive(driver, { timeMillis: 0, iterations: warmup, warmupMillis, batchMillis: 0.5 });
  const wanted = Math.max(1, Math.floor(Math.min(iterations, windowObjects / Math.max(1, objectsPerOp))));
  const rounds = Math.min(calls, wanted);
  const size = Math.floor(wanted / rounds);
  const profile = { kind: 'heap', window: kind } as const;
  const recorder = threadRecorder(profile);
  const start = nowMillis();
  recorder.start();
  parallel.startRecording(profile);
  for (let i = 0; i < rounds; i++) await runBatch(driver, size);
  const own = { thread: 'main', record: recorder.stop() };
  const threads = [own, ...(await parallel.stopRecording<'heap'>())];
  return { threads, operations: size * rounds, durationNanos: (nowMillis() - start) * 1e6 };
}

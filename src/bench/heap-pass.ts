import { type HeapSite, HeapWindow, type HeapWindowKind } from '../capture/heap.js';
import { nowMillis } from './clock.js';
import { drive } from './drive.js';
import { type Driver, runBatch } from './driver.js';
import { collectGarbage } from './garbage.js';
import type { JobBenchmark } from './job.js';

/** V8's flags for the memory pass: an inlined function's allocations would be its caller's. */
export const heapFlags: readonly string[] = ['--no-turbo-inlining', '--no-maglev-inlining', '--no-use-osr'];

/** What one benchmark allocated, or left alive. */
export interface HeapRecord {
  readonly sites: readonly HeapSite[];
  /** Operations that ran in the window. */
  readonly operations: number;
  readonly durationNanos: number;
}

/** Objects that a window may hold; more would take too long and too much memory. */
const windowObjects = 200_000;
const calls = 8;
const warmupMillis = 300;

/**
 * Records every object that a benchmark allocates in some thousand operations.
 *
 * @param kind - all of them, or those alive after a collection at the end
 * @param benchmark - no more operations than its timed pass had are run
 */
export async function heapPass(
  driver: Driver,
  kind: HeapWindowKind,
  benchmark: JobBenchmark,
): Promise<HeapRecord> {
  const { iterations, nanosPerOp, objectsPerOp } = benchmark;
  const warmup = Math.min(iterations, Math.floor((warmupMillis * 1e6) / nanosPerOp));
  if (warmup > 1) await drive(driver, { timeMillis: 0, iterations: warmup, warmupMillis, batchMillis: 0.5 });
  const wanted = Math.max(1, Math.floor(Math.min(iterations, windowObjects / Math.max(1, objectsPerOp))));
  const rounds = Math.min(calls, wanted);
  const size = Math.floor(wanted / rounds);
  if (kind === 'in use') collectGarbage();
  const start = nowMillis();
  const window = new HeapWindow(kind);
  for (let i = 0; i < rounds; i++) await runBatch(driver, size);
  if (kind === 'in use') collectGarbage();
  const sites = window.close().flat();
  return { sites, operations: size * rounds, durationNanos: (nowMillis() - start) * 1e6 };
}

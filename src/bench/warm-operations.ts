import type { Operations } from './operations.js';

/** Most operations of one call: many short calls reach the optimised code that one long call never enters. */
const longestCall = 1024;
/** The same for threads, which are told of each call: that takes some microseconds. */
const longestShared = 16 * longestCall;
/** Nanoseconds that one call may take. */
const callNanos = 5e7;

/**
 * Runs a benchmark in calls of 1, 2, 4 … 1024 operations, 16,384 in several threads, then of that size. The calls depend on no clock: a
 * compiler that is not asked from another thread meets the same calls each time, and does the same each time.
 *
 * @param operations - that are to be run, or some more
 */
export async function warmOperations(
  benchmark: Operations,
  operations: number,
  nanosPerOp: number,
): Promise<void> {
  const most = benchmark.others === undefined ? longestCall : longestShared;
  const longest = Math.min(benchmark.longestCall, longestFitting(nanosPerOp, most));
  let size = 1;
  for (let done = 0; done < operations; done += size) {
    size = Math.min(longest, Math.max(1, done));
    await benchmark.run(size);
  }
}

/** A power of 2, so that it is the same where the time is somewhat different. */
function longestFitting(nanosPerOp: number, most: number): number {
  const fitting = callNanos / Math.max(nanosPerOp, 1);
  return Math.max(1, Math.min(most, 2 ** Math.floor(Math.log2(fitting))));
}

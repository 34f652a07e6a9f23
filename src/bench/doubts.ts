import type { Allocated, Timed } from './job.js';

/** No processor does anything in so many nanoseconds. */
const leastNanos = 0.01;

/** What may be wrong with a result, a sentence part each; empty where nothing seems to be. */
export function doubts(timed: Timed, allocs: Allocated): readonly string[] {
  const found: string[] = [];
  if (!('ns/op' in timed.metrics)) {
    if (timed.nanos === 0) found.push('no time was measured: does it start its timer again?');
    else if (timed.nanos / timed.iterations < leastNanos)
      found.push(`an iteration takes less than ${leastNanos} ns: does it use b.n or b.loop()?`);
  }
  if (!allocs.steady) found.push('allocations did not settle; B/op and allocs/op are its last reading');
  return found;
}

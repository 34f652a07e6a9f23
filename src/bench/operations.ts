import type { HeapSite } from '../capture/heap.js';
import type { TimerWatcher } from './batch.js';
import { type Driver, runBatch } from './driver.js';
import { isProfiler } from './harness.js';

/** What can be run so and so often: a benchmark as the allocations pass sees it. */
export interface Operations {
  /** Most operations of one call. */
  readonly longestCall: number;
  /** One call that runs `n` of them. */
  run(n: number): Promise<void>;
  /** Has `watcher` told of the timer in the calls that follow. */
  watch(watcher: TimerWatcher): void;
  /** Whether an allocation while the timer runs is to be counted. */
  isOwn(site: HeapSite): boolean;
}

/** The operations of a benchmark function. */
export function operationsOf(driver: Driver): Operations {
  return {
    longestCall: 1e9,
    run: (n) => runBatch(driver, n),
    watch: (watcher) => {
      driver.batch.watcher = watcher;
    },
    // What V8 allocates by itself has no script on its stack; what opening a window takes has the profiler's.
    isOwn: ({ stack }) => stack.some(({ url }) => url !== '') && !stack.some(({ url }) => isProfiler(url)),
  };
}

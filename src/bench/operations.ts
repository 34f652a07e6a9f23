import type { HeapSite } from '../capture/heap.js';
import type { TimerWatcher } from './batch.js';
import { type Driver, runBatch } from './driver.js';
import { isProfiler } from './harness.js';
import type { ParallelThreads } from './parallel.js';
import type { CountAnswers, CountOrder } from './thread-counter.js';

const mostOperations = 1e9;

/** Threads that look at their own heaps; told what `CountOrder` says, in its order with the operations. */
export interface OtherThreads {
  tell(order: CountOrder): void;
  /** What each of them answers. */
  ask<K extends keyof CountAnswers>(order: K): Promise<readonly CountAnswers[K][]>;
}

/** What can be run so and so often: a benchmark as the allocations pass sees it. */
export interface Operations {
  /** How many of the benchmark's operations one of these is: one in each thread that runs them. */
  readonly width: number;
  /** Threads that run them beside this one. */
  readonly others: OtherThreads | undefined;
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
function operationsOf(driver: Driver): Operations {
  return {
    width: 1,
    others: undefined,
    longestCall: mostOperations,
    run: (n) => runBatch(driver, n),
    watch: (watcher) => {
      driver.batch.watcher = watcher;
    },
    isOwn: isBenchmarks,
  };
}

/** Operations of a benchmark whose threads run the same number each, so that each allocates the same every time. */
export function parallelOperations(driver: Driver, parallel: ParallelThreads): Operations {
  const { threads } = parallel;
  if (threads === 0) return operationsOf(driver);
  parallel.tell('watch');
  return {
    ...operationsOf(driver),
    width: threads,
    others: parallel,
    longestCall: Math.floor(mostOperations / threads),
    run: (n) => runBatch(driver, n * threads),
  };
}

/** What V8 allocates by itself has no script on its stack; what opening a window takes has the profiler's. */
export function isBenchmarks({ stack }: HeapSite): boolean {
  return stack.some(({ url }) => url !== '') && !stack.some(({ url }) => isProfiler(url));
}

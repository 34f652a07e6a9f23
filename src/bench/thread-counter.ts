import { HeapWindow, markHeap } from '../capture/heap.js';
import type { TimerWatcher } from './batch.js';
import { type GrowthReading, MemoryGrowth } from './external-reader.js';
import { collectGarbage } from './garbage.js';
import { type HeapReading, heapWatcher, totalOf } from './heap-reader.js';
import { isBenchmarks } from './operations.js';

/**
 * What a thread that runs operations is told, so that it looks at its own heap in the windows of the thread that counts:
 * `watch`: operations are going to be counted; `open`: open a window; `segment`: its next segment begins; `close`: close
 * it, and tell the totals; `collect`: collect garbage; `start`: read how far memory grows from now on; `stop`: tell that.
 */
export type CountOrder = 'watch' | 'open' | 'segment' | 'close' | 'collect' | 'start' | 'stop';

/** What it answers, where it is asked something. */
export interface CountAnswers {
  /** One for each segment. */
  readonly close: readonly HeapReading[];
  readonly stop: GrowthReading;
}

/** Counts what this thread allocates while the benchmark's body runs, as it is told. */
export class ThreadCounter {
  /** Is told when the body begins and ends. */
  watcher: TimerWatcher | undefined;
  #window: HeapWindow | undefined;
  #growth: MemoryGrowth | undefined;

  /** @returns the answer; undefined where nothing was asked */
  obey(order: CountOrder): CountAnswers[keyof CountAnswers] | undefined {
    switch (order) {
      case 'watch':
        this.watcher = heapWatcher;
        return undefined;
      case 'open':
        this.watcher = heapWatcher;
        this.#window = new HeapWindow('allocated');
        return undefined;
      case 'segment':
        markHeap.segment();
        markHeap.stop();
        return undefined;
      case 'close':
        return (this.#window?.close() ?? []).map((sites) => totalOf(sites.filter(isBenchmarks)));
      case 'collect':
        collectGarbage();
        return undefined;
      case 'start':
        this.#growth = new MemoryGrowth();
        this.watcher = this.#growth.watcher;
        return undefined;
      case 'stop':
        return this.#growth?.stop();
    }
  }
}

import { GCProfiler, getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { TimerWatcher } from './batch.js';
import { collectGarbage } from './garbage.js';
import type { Stretch } from './heap-reader.js';
import type { Operations } from './operations.js';

const maxTries = 7;

/** What was read off V8's own counters. */
export interface ExternalReading {
  /** Not rounded. */
  readonly bytes: number;
  /** By which V8's heap grew meanwhile; not rounded, and with what V8 allocates for itself. */
  readonly heapBytes: number;
  /** Whether no garbage was collected meanwhile, which gives memory back. */
  readonly isWhole: boolean;
}

/**
 * Reads the bytes that one operation takes outside of V8's heap: array buffers and the like. V8 gives them back when it
 * collects garbage, so that is done before each stretch, and one in which it happens is run again, and shorter.
 * What makes V8 collect garbage after a few operations is read off one.
 */
export async function readExternal(
  benchmark: Operations,
  { size, calls }: Stretch,
): Promise<ExternalReading> {
  // Else another thread gives memory back, some time after the collection.
  setFlagsFromString('--no-concurrent-array-buffer-sweeping');
  for (let tries = 0, n = size; tries < maxTries; tries++, n = Math.max(1, n >> 1)) {
    const small = await growthOf(benchmark, { size: n, calls });
    const large = await growthOf(benchmark, { size: 3 * n, calls });
    if (!small.isWhole || !large.isWhole) continue;
    const slope = (less: number, more: number): number => (more - less) / (2 * n * calls);
    return {
      bytes: slope(small.bytes, large.bytes),
      heapBytes: slope(small.heapBytes, large.heapBytes),
      isWhole: true,
    };
  }
  return growthOf(benchmark, { size: 1, calls: 1 });
}

/** How far the memory grows while the timer runs; of several threads the mean. */
async function growthOf(benchmark: Operations, { size, calls }: Stretch): Promise<ExternalReading> {
  collectGarbage();
  benchmark.others?.tell('collect');
  return watchGrowth(benchmark, async () => {
    for (let i = 0; i < calls; i++) await benchmark.run(size);
  });
}

/** How far the memory grows while `run` runs the benchmark and its timer runs; of several threads the mean. */
export async function watchGrowth(
  { watch, others, width }: Operations,
  run: () => Promise<void>,
): Promise<ExternalReading> {
  const growth = new MemoryGrowth();
  watch(growth.watcher);
  others?.tell('start');
  await run();
  const all = [growth.stop(), ...((await others?.ask('stop')) ?? [])];
  return {
    bytes: all.reduce((sum, { external }) => sum + external, 0) / width,
    heapBytes: all.reduce((sum, { heap }) => sum + heap, 0) / width,
    isWhole: all.every(({ isWhole }) => isWhole),
  };
}

/** How far the memory of a thread has grown while a timer ran. */
export interface GrowthReading extends Memory {
  /** Whether no garbage was collected meanwhile. */
  readonly isWhole: boolean;
}

/** Reads how far this thread's memory grows while the timer runs. */
export class MemoryGrowth {
  readonly #meter: MemoryMeter;
  readonly #collections = new GCProfiler();

  constructor() {
    this.#meter = new MemoryMeter();
    this.#collections.start();
  }

  /** To be told of the timer. */
  get watcher(): TimerWatcher {
    return this.#meter;
  }

  stop(): GrowthReading {
    const isWhole = this.#collections.stop()?.statistics.length === 0;
    return { ...this.#meter.total(), isWhole };
  }
}

/** Bytes outside of V8's heap, and in it. */
interface Memory {
  readonly external: number;
  readonly heap: number;
}

const nothing: Memory = { external: 0, heap: 0 };

function memoryNow(): Memory {
  const { external_memory: external, used_heap_size: heap } = getHeapStatistics();
  return { external, heap };
}

/** `sum` and the growth from `start` until now. */
function grown(sum: Memory, start: Memory): Memory {
  const { external, heap } = memoryNow();
  return { external: sum.external + external - start.external, heap: sum.heap + heap - start.heap };
}

/** Adds up how far the memory grows while the timer runs. */
class MemoryMeter implements TimerWatcher {
  /** Of the calls that have ended. */
  #total = nothing;
  /** Of this call, up to when the timer was stopped last. */
  #call = nothing;
  /** What there was when the timer was started last; undefined while it stands. */
  #start: Memory | undefined;

  called(): void {
    this.#endCall();
    this.#start = memoryNow();
  }

  reset(): void {
    this.#call = nothing;
    if (this.#start !== undefined) this.#start = memoryNow();
  }

  stopped(): void {
    if (this.#start !== undefined) this.#call = grown(this.#call, this.#start);
    this.#start = undefined;
  }

  started(): void {
    this.#start = memoryNow();
  }

  total(): Memory {
    this.stopped();
    this.#endCall();
    return this.#total;
  }

  #endCall(): void {
    const { external, heap } = this.#call;
    this.#total = { external: this.#total.external + external, heap: this.#total.heap + heap };
    this.#call = nothing;
  }
}

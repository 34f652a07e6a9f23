import { GCProfiler, getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { TimerWatcher } from './batch.js';
import { collectGarbage } from './garbage.js';
import type { Stretch } from './heap-reader.js';
import type { Operations } from './operations.js';

const maxTries = 7;

/** What was read outside of V8's heap. */
export interface ExternalReading {
  /** Not rounded. */
  readonly bytes: number;
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
    if (small.isWhole && large.isWhole)
      return { bytes: (large.bytes - small.bytes) / (2 * n * calls), isWhole: true };
  }
  return growthOf(benchmark, { size: 1, calls: 1 });
}

/** How far the memory grows while the timer runs. */
async function growthOf(benchmark: Operations, { size, calls }: Stretch): Promise<ExternalReading> {
  collectGarbage();
  const meter = new ExternalMeter();
  benchmark.watch(meter);
  const collections = new GCProfiler();
  collections.start();
  for (let i = 0; i < calls; i++) await benchmark.run(size);
  const isWhole = collections.stop()?.statistics.length === 0;
  return { bytes: meter.total(), isWhole };
}

/** Bytes outside of V8's heap now. */
export function externalBytes(): number {
  return getHeapStatistics().external_memory;
}

/** Adds up how far the memory grows while the timer runs. */
class ExternalMeter implements TimerWatcher {
  /** Of the calls that have ended. */
  #total = 0;
  /** Of this call, up to when the timer was stopped last. */
  #call = 0;
  /** What there was when the timer was started last; undefined while it stands. */
  #start: number | undefined;

  called(): void {
    this.#endCall();
    this.#start = externalBytes();
  }

  reset(): void {
    this.#call = 0;
    if (this.#start !== undefined) this.#start = externalBytes();
  }

  stopped(): void {
    if (this.#start !== undefined) this.#call += externalBytes() - this.#start;
    this.#start = undefined;
  }

  started(): void {
    this.#start = externalBytes();
  }

  total(): number {
    this.stopped();
    this.#endCall();
    return this.#total;
  }

  #endCall(): void {
    this.#total += this.#call;
    this.#call = 0;
  }
}

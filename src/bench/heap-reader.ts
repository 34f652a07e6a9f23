import { type HeapSite, HeapWindow, markHeap } from '../capture/heap.js';
import type { TimerWatcher } from './batch.js';
import type { Operations } from './operations.js';

/** What one operation allocates in V8's heap; not rounded. */
export interface HeapReading {
  readonly objects: number;
  readonly bytes: number;
}

/** How much is run to read what one operation takes. */
export interface Stretch {
  /** Operations of a call in the smaller stretch; the larger has three times as many. */
  readonly size: number;
  /** Calls of each stretch. */
  readonly calls: number;
}

/**
 * Puts the timer's events among the allocations. It watches while the code is warmed up as well: what the first calls of
 * its functions take would be seen in a window.
 */
export const heapWatcher: TimerWatcher = {
  called: markHeap.call,
  reset: markHeap.reset,
  stopped: markHeap.stop,
  started: markHeap.start,
};

/** Operations of two readings, for calls of one operation each in the smaller stretch. */
export const readingsSpan = 9;

/**
 * Two readings of what one operation of a benchmark that `heapWatcher` watches allocates while the timer runs, from one window: closing a window throws
 * optimised code away, so both see the code in the same state. A reading is the slope between a stretch and one
 * of three times as many operations in as many calls: what a call allocates once is the same in both, and falls out.
 */
export async function readHeap(
  benchmark: Operations,
  stretch: Stretch,
): Promise<readonly [HeapReading, HeapReading]> {
  const { size, calls } = stretch;
  // The first stretch also sees what a new window makes V8 allocate once.
  const stretches = [size, size, 3 * size, size, 3 * size].map((n) => ({ n, calls }));
  const [, ...totals] = await totalsOf(benchmark, stretches);
  return [slope(stretch, totals[0], totals[1]), slope(stretch, totals[2], totals[3])];
}

/** What a call of one operation allocates while the timer runs, give or take some objects; for those that take much. */
export async function readOnce(benchmark: Operations): Promise<HeapReading> {
  const [total = nothing] = await totalsOf(benchmark, [{ n: 1, calls: 1 }]);
  return total;
}

/** What so many calls of `n` operations each allocate, one after the other in one window; of several threads the mean. */
async function totalsOf(
  benchmark: Operations,
  stretches: readonly { readonly n: number; readonly calls: number }[],
): Promise<readonly HeapReading[]> {
  const { others, width } = benchmark;
  const window = new HeapWindow('allocated');
  others?.tell('open');
  for (const { n, calls } of stretches) {
    markHeap.segment();
    markHeap.stop();
    others?.tell('segment');
    for (let i = 0; i < calls; i++) await benchmark.run(n);
  }
  markHeap.segment();
  others?.tell('segment');
  const totals = window.close().map((sites) => totalOf(sites.filter(benchmark.isOwn)));
  const ofOthers = (await others?.ask('close')) ?? [];
  const sums = totals.map((total, i) => ofOthers.reduce((sum, each) => plus(sum, each[i]), total));
  return sums.slice(1).map(({ objects, bytes }) => ({ objects: objects / width, bytes: bytes / width }));
}

/** What some sites allocated together. */
export function totalOf(sites: readonly HeapSite[]): HeapReading {
  return {
    objects: sites.reduce((sum, { objects }) => sum + objects, 0),
    bytes: sites.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const nothing: HeapReading = { objects: 0, bytes: 0 };

function plus(a: HeapReading, b: HeapReading = nothing): HeapReading {
  return { objects: a.objects + b.objects, bytes: a.bytes + b.bytes };
}

function slope({ size, calls }: Stretch, small = nothing, large = nothing): HeapReading {
  const operations = 2 * size * calls;
  return {
    objects: (large.objects - small.objects) / operations,
    bytes: (large.bytes - small.bytes) / operations,
  };
}

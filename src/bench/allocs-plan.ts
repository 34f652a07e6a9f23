import { watchGrowth } from './external-reader.js';
import { readingsSpan, type Stretch } from './heap-reader.js';
import type { Operations } from './operations.js';

/** Bytes that one operation takes, about. */
export interface Estimate {
  readonly heapBytes: number;
  readonly externalBytes: number;
}

/** How the allocations of one operation are to be read. */
export interface AllocsPlan {
  /** Undefined where no more than one operation can be looked at. */
  readonly heap: Stretch | undefined;
  readonly external: Stretch;
}

/** Heap that one window may see allocated, in many operations: each object costs some microseconds. */
const windowBytes = 4e6;
const windowNanos = 1e9;
/** The same where one operation takes more than its share of that. */
const largeWindowBytes = 6e7;
const largeWindowNanos = 4e9;
/** What a stretch may take outside of the heap and in it before V8 collects garbage. */
const externalLimit = 3e7;
const heapLimit = 1.5e7;
/** Time that a stretch outside of the heap may take: it is read off a counter, exactly. */
const externalNanos = 2.5e8;
const stretchCalls = 4;
const maxHeapSize = 2000;
const maxExternalSize = 20_000;

/** What a plan has to keep to. */
export interface PlanLimits {
  readonly nanosPerOp: number;
  /** Most operations of one call. */
  readonly longestCall: number;
}

/** How to read an operation that takes about so much. */
export function allocsPlan(
  { heapBytes, externalBytes }: Estimate,
  { nanosPerOp, longestCall }: PlanLimits,
): AllocsPlan {
  const operations = (bytes: number, nanos: number): number =>
    Math.min(bytes / Math.max(heapBytes, 1), nanos / Math.max(nanosPerOp, 1));
  const longest = (size: number): number => Math.min(size, Math.floor(longestCall / 3));
  const heap = stretchOf(operations(windowBytes, windowNanos) / readingsSpan, longest(maxHeapSize));
  const fitsLarge = operations(largeWindowBytes, largeWindowNanos) >= readingsSpan;
  const outside = Math.min(externalLimit / Math.max(externalBytes, 1), operations(heapLimit, externalNanos));
  return {
    heap: heap ?? (fitsLarge ? { size: 1, calls: 1 } : undefined),
    external: stretchOf(outside / 3, longest(maxExternalSize)) ?? { size: 1, calls: 1 },
  };
}

/** A stretch of about so many operations; undefined where they are too few for its calls. */
function stretchOf(operations: number, maxSize: number): Stretch | undefined {
  const size = Math.min(maxSize, Math.floor(operations / stretchCalls));
  return size < 1 ? undefined : { size, calls: stretchCalls };
}

/** An estimate is taken from a call that takes so much: V8 hands memory out in pieces of some kilobytes. */
const estimateBytes = 5e5;
const maxEstimateSize = 1024;

/** What V8's own counters say of the longest call that is needed, or of one operation. */
export async function estimate(benchmark: Operations, nanosPerOp: number): Promise<Estimate> {
  let found = await growth(benchmark, 1);
  for (
    let n = 8;
    n <= Math.min(maxEstimateSize, benchmark.longestCall) && n * nanosPerOp < windowNanos;
    n *= 4
  ) {
    const longer = await growth(benchmark, n);
    // Garbage was collected meanwhile.
    if (longer.heapBytes < 0 || longer.externalBytes < 0) break;
    found = longer;
    if (n * Math.max(found.heapBytes, found.externalBytes) > estimateBytes) break;
  }
  return {
    heapBytes: found.heapBytes < 0 ? largeWindowBytes : found.heapBytes,
    externalBytes: found.externalBytes < 0 ? externalLimit : found.externalBytes,
  };
}

/** Bytes of one operation in a call of `n`; less than 0 where garbage was collected. */
async function growth(benchmark: Operations, n: number): Promise<Estimate> {
  const { bytes, heapBytes } = await watchGrowth(benchmark, () => benchmark.run(n));
  return { externalBytes: bytes / n, heapBytes: heapBytes / n };
}

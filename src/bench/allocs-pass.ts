import { type HeapSite, HeapWindow } from '../capture/heap.js';
import { nowMillis } from './clock.js';
import { drive } from './drive.js';
import { type Driver, runBatch } from './driver.js';
import { ExternalReader } from './external-reader.js';
import { isProfiler } from './harness.js';
import type { Allocated, JobBenchmark } from './job.js';
import { type OneOperation, readOneOperation } from './one-operation.js';

// The allocations of one operation are the slope between stretches of m and of 3m operations in the
// same number of calls: what the harness, the inspector and the benchmark's own set-up allocate is
// the same in both and falls out.

/** V8's flags for this pass: one allocation an object, and a young generation that fills slowly. */
export const allocsFlags: readonly string[] = ['--no-turbo-allocation-folding', '--min-semi-space-size=64'];

/** Objects that one window may see; each costs some microseconds. */
const windowObjects = 100_000;
/** Calls of the benchmark in each stretch. */
const stretchCalls = 4;
/** Operations of one reading in calls of the smaller stretch: the larger has three times as many. */
const readingCalls = 4 * stretchCalls;
const maxReadings = 6;
/** No reading is repeated after so long. */
const patienceMillis = 5000;
const warmupIterations = 50_000;
const warmupMillis = 1000;

/**
 * Objects and bytes that one operation allocates, read when the code has reached its optimised
 * state: after as many operations as the timed pass ran, and 50,000 or one second.
 */
export async function allocsPass(driver: Driver, benchmark: JobBenchmark): Promise<Allocated> {
  await warm(driver, benchmark);
  const one = await readOneOperation(driver);
  if (isLarge(one, benchmark))
    return { objects: one.objects, bytes: one.heapBytes + one.externalBytes, steady: true };
  await warm(driver, { ...benchmark, iterations: 0 });
  const end = nowMillis() + patienceMillis;
  const size = await stretchSize(driver, benchmark, one);
  const heap = await readHeap(driver, benchmark, { size, end });
  const external = await readExternal(new ExternalReader(driver, externalSize(size, one)), end);
  return {
    objects: Math.max(0, Math.round(heap.value.objects)),
    bytes: Math.max(0, Math.round(heap.value.bytes + external.value)),
    steady: heap.steady && external.steady,
  };
}

/** An operation that takes so long or so much that reading it over and over would take minutes. */
function isLarge({ objects, externalBytes }: OneOperation, { nanosPerOp }: JobBenchmark): boolean {
  return nanosPerOp > 5e7 || objects > windowObjects / 8 || externalBytes > 1e6;
}

async function warm(driver: Driver, { iterations, nanosPerOp }: JobBenchmark): Promise<void> {
  const enough = Math.min(warmupIterations, Math.floor((warmupMillis * 1e6) / Math.max(nanosPerOp, 1)));
  const wanted = Math.max(iterations, enough);
  if (wanted > 1)
    await drive(driver, { timeMillis: 0, iterations: wanted, warmupMillis: 200, batchMillis: 0.5 });
}

interface HeapReading {
  readonly objects: number;
  readonly bytes: number;
}

interface Settled<T> {
  readonly value: T;
  /** Whether two readings agreed. */
  readonly steady: boolean;
}

/** Reads V8's heap until both readings of a window agree, in warmed-up code each time. */
async function readHeap(
  driver: Driver,
  benchmark: JobBenchmark,
  { size, end }: { readonly size: number; readonly end: number },
): Promise<Settled<HeapReading>> {
  for (let readings = 1; ; readings++) {
    const [first, second] = await heapReadings(driver, size);
    const steady = sameHeap(first, second);
    if (steady || readings === maxReadings || nowMillis() > end) return { value: second, steady };
    await warm(driver, { ...benchmark, iterations: 0 });
  }
}

/**
 * Two readings of what one operation allocates in V8's heap, from one window: closing a window
 * throws optimised code away, so both see the code in the same state.
 */
async function heapReadings(driver: Driver, size: number): Promise<readonly [HeapReading, HeapReading]> {
  const window = new HeapWindow('allocated');
  for (const n of [size, 3 * size, size, 3 * size]) {
    window.mark();
    for (let i = 0; i < stretchCalls; i++) await runBatch(driver, n);
  }
  window.mark();
  const [, ...stretches] = window.close().map(totalOf);
  return [slope(size, stretches[0], stretches[1]), slope(size, stretches[2], stretches[3])];
}

const nothing: HeapReading = { objects: 0, bytes: 0 };

/** What an operation takes, from two stretches that differ in operations alone. */
function slope(size: number, small: HeapReading = nothing, large: HeapReading = nothing): HeapReading {
  const operations = 2 * size * stretchCalls;
  return {
    objects: (large.objects - small.objects) / operations,
    bytes: (large.bytes - small.bytes) / operations,
  };
}

function totalOf(sites: readonly HeapSite[]): HeapReading {
  const own = sites.filter(isCounted);
  return {
    objects: own.reduce((sum, { objects }) => sum + objects, 0),
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** What V8 allocates by itself has no script on its stack; what opening a window takes has the profiler's. */
function isCounted({ stack }: HeapSite): boolean {
  return stack.some(({ url }) => url !== '') && !stack.some(({ url }) => isProfiler(url));
}

/** Operations a call, such that a window stays small whatever one operation allocates, and short. */
async function stretchSize(driver: Driver, benchmark: JobBenchmark, one: OneOperation): Promise<number> {
  const perOp = one.objects > 100 ? one.objects : await probeObjects(driver, benchmark);
  const small = windowObjects / (2 * readingCalls * Math.max(perOp, 0.1));
  const short = readingNanos / (2 * readingCalls * Math.max(benchmark.nanosPerOp, 1));
  return Math.max(1, Math.min(2000, Math.floor(Math.min(small, short))));
}

/** Nanoseconds that the operations of a heap reading may take. */
const readingNanos = 1e9;

async function probeObjects(driver: Driver, benchmark: JobBenchmark): Promise<number> {
  const [, probe] = await heapReadings(driver, 8);
  await warm(driver, { ...benchmark, iterations: 0 });
  return probe.objects;
}

/** Operations a call that take no more array buffers than V8 lets pass without a collection. */
function externalSize(size: number, one: OneOperation): number {
  const fitting = Math.floor(32e6 / (readingCalls * Math.max(one.externalBytes, 1)));
  return Math.max(1, Math.min(size, fitting));
}

function sameHeap(a: HeapReading, b: HeapReading): boolean {
  const sameBytes = Math.abs(Math.round(a.bytes) - Math.round(b.bytes)) <= 1e-4 * Math.abs(a.bytes);
  return Math.round(a.objects) === Math.round(b.objects) && sameBytes;
}

/** Reads until two readings in a row agree; 0 where there is none. */
async function readExternal(reader: ExternalReader, end: number): Promise<Settled<number>> {
  let last = await reader.read();
  for (let readings = 1; readings < maxReadings && nowMillis() < end; readings++) {
    const value = await reader.read();
    if (Math.abs(value - last) <= Math.max(1, 0.001 * last)) return { value, steady: true };
    last = value;
  }
  return { value: last || 0, steady: false };
}

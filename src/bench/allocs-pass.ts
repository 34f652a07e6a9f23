import { type AllocsPlan, allocsPlan, estimate } from './allocs-plan.js';
import { nowMillis } from './clock.js';
import { leastNanos } from './doubts.js';
import { type ExternalReading, readExternal } from './external-reader.js';
import { type HeapReading, heapWatcher, readHeap, readOnce } from './heap-reader.js';
import type { Allocated, JobBenchmark } from './job.js';
import type { Operations } from './operations.js';
import { warmOperations } from './warm-operations.js';

/**
 * V8's flags for this pass: one allocation an object, a young generation that fills slowly, and nothing that is done
 * in another thread: what a compiler knows when it begins, and so what it leaves out, would be a matter of luck.
 */
export const allocsFlags: readonly string[] = [
  '--no-turbo-allocation-folding',
  '--min-semi-space-size=64',
  '--no-concurrent-recompilation',
];

const maxReadings = 6;
/** No reading is repeated after so long a work, or so long a time, which other programs make longer. */
const workMillis = 5000;
const patienceMillis = 30_000;
const warmupOperations = 50_000;
const warmupNanos = 1e9;
/** No code needs more to reach its optimised state. */
const mostOperations = 2 ** 30;
/** The same for code that ignores b.n and claims any number of operations, of which each call may take long. */
const mostIgnored = 1024;

/**
 * Objects and bytes that one operation allocates while the timer runs, read when the code has reached its
 * optimised state: after as many operations as the timed pass ran (2^30 at most, few where b.n is ignored), and 50,000 or one second.
 */
export async function allocsPass(benchmark: Operations, measured: JobBenchmark): Promise<Allocated> {
  const { width } = benchmark;
  const facts = {
    ...measured,
    iterations: Math.ceil(measured.iterations / width),
    nanosPerOp: measured.nanosPerOp * width,
  };
  const most = measured.nanosPerOp < leastNanos ? mostIgnored : mostOperations;
  const warmed = Math.min(most, Math.max(facts.iterations, shortWarmup(facts)));
  benchmark.watch(heapWatcher);
  await warmOperations(benchmark, warmed, facts.nanosPerOp);
  const plan = allocsPlan(await estimate(benchmark, facts.nanosPerOp), {
    nanosPerOp: facts.nanosPerOp,
    longestCall: benchmark.longestCall,
  });
  benchmark.watch(heapWatcher);
  const isLate = patience();
  const heap = await settledHeap(benchmark, facts, { plan, isLate });
  const external = await settledExternal(benchmark, { plan, isLate });
  return {
    objects: Math.max(0, Math.round(heap.value.objects)),
    bytes: Math.max(0, Math.round(shippedBytes(heap, external) + external.value.bytes)),
    steady: heap.steady && external.steady,
    warmed,
  };
}

/** Operations that bring code back to its optimised state. */
function shortWarmup({ nanosPerOp }: JobBenchmark): number {
  return Math.max(1, Math.min(warmupOperations, Math.floor(warmupNanos / Math.max(nanosPerOp, 1))));
}

interface Reading {
  readonly plan: AllocsPlan;
  /** Whether to be content with what there is. */
  readonly isLate: () => boolean;
}

/** Tells from now on whether it has been tried for long enough. */
function patience(): () => boolean {
  const workNow = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const [work, time] = [workNow() + workMillis, nowMillis() + patienceMillis];
  return () => workNow() > work || nowMillis() > time;
}

interface Settled<T> {
  readonly value: T;
  /** Whether two readings agreed. */
  readonly steady: boolean;
}

/** Reads V8's heap until both readings of a window agree, in warmed-up code each time. */
async function settledHeap(
  benchmark: Operations,
  facts: JobBenchmark,
  { plan, isLate }: Reading,
): Promise<Settled<HeapReading>> {
  for (let readings = 1; ; readings++) {
    const [first, second] =
      plan.heap === undefined ? await readTwice(benchmark) : await readHeap(benchmark, plan.heap);
    const steady = sameHeap(first, second);
    if (steady || readings === maxReadings || isLate()) return { value: second, steady };
    await warmOperations(benchmark, shortWarmup(facts), facts.nanosPerOp);
  }
}

async function readTwice(benchmark: Operations): Promise<readonly [HeapReading, HeapReading]> {
  return [await readOnce(benchmark), await readOnce(benchmark)];
}

function sameHeap(a: HeapReading, b: HeapReading): boolean {
  const sameBytes = Math.abs(Math.round(a.bytes) - Math.round(b.bytes)) <= 1e-4 * Math.abs(a.bytes);
  return Math.round(a.objects) === Math.round(b.objects) && sameBytes;
}

/** Reads until two readings in a row agree. */
async function settledExternal(
  benchmark: Operations,
  { plan, isLate }: Reading,
): Promise<Settled<ExternalReading>> {
  let last = await readExternal(benchmark, plan.external);
  for (let readings = 1; readings < maxReadings && !isLate(); readings++) {
    const reading = await readExternal(benchmark, plan.external);
    const agree = Math.abs(reading.bytes - last.bytes) <= Math.max(1, 0.001 * last.bytes);
    if (agree && reading.isWhole)
      return { value: { ...reading, heapBytes: agreed(last, reading) }, steady: true };
    last = reading;
  }
  return { value: last, steady: false };
}

/** How far the heap grew by two readings; NaN where they differ. */
function agreed(last: ExternalReading, { heapBytes }: ExternalReading): number {
  return Math.abs(heapBytes - last.heapBytes) < 1 ? heapBytes : Number.NaN;
}

/** V8 reserves room in pieces of this size for objects that its own functions may need. */
const reserve = 16;
const mostReserved = 3 * reserve;
/** What V8 allocates for itself now and then. */
const leeway = 2;

/**
 * Bytes in V8's heap as they are without a profiler. Under it V8's own functions, such as the constructor of Map, take
 * memory for all objects that they may need at once, where otherwise only those that they make count: the heap
 * grows by some times 16 bytes less than the profiler says.
 */
function shippedBytes(heap: Settled<HeapReading>, { value, steady }: Settled<ExternalReading>): number {
  const { objects, bytes } = heap.value;
  const surplus = bytes - value.heapBytes;
  const reserved = reserve * Math.round(surplus / reserve);
  const most = Math.min(mostReserved, reserve * objects, bytes / 4);
  const isReserve = reserved > 0 && reserved <= most && Math.abs(surplus - reserved) <= leeway;
  return heap.steady && steady && isReserve ? bytes - reserved : bytes;
}

import { type HeapSite, type HeapWindowKind, markHeap } from '../capture/heap.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { type MarkMode, marksSoFar } from '../source/transform/line-slot.js';
import { nowMillis } from './clock.js';
import { drive } from './drive.js';
import { type Driver, runBatch } from './driver.js';
import type { JobBenchmark } from './job.js';
import type { ParallelThreads } from './parallel.js';
import { threadRecorder } from './thread-recorder.js';

// Node 22 has Maglev, but not this flag.
const hasMaglevFolding = Number(process.versions.v8.split('.')[0]) >= 13;

/** V8's flags for the memory pass: an inlined function's allocations would be its caller's, one folded into another lost. */
export const heapFlags: readonly string[] = [
  '--no-turbo-inlining',
  '--no-maglev-inlining',
  '--no-use-osr',
  '--no-turbo-allocation-folding',
  '--no-concurrent-recompilation',
  ...(hasMaglevFolding ? ['--maglev-allocation-folding=0'] : []),
];

/** What the threads of one benchmark allocated, or left alive. */
export interface HeapRecord {
  /** The main thread's first. */
  readonly threads: readonly ThreadRecord<readonly HeapSite[]>[];
  /** Operations that ran in the window. */
  readonly operations: number;
  readonly durationNanos: number;
  /** Whether the code has told its lines: what runs too many statements in an operation does not. */
  readonly isByLine: boolean;
}

/** Objects that a window may hold, those of marks included; more would take too long and too much memory. */
const windowObjects = 100_000;
/** Marks of a window from which on it is left without lines. */
export const mostMarks = 1_000_000;
/** Calls of the function; what each does before its loop weighs the less the fewer they are. */
const calls = 2;
const warmupMillis = 300;
/** In many short calls, V8 has optimised everything by then; with marks they may take ten times as long as without. */
const warmupOperations = 50_000;

/**
 * Records every object that the threads of a benchmark allocate in some thousand operations.
 *
 * @param kind - all of them, or those alive after a collection at the end
 * @param benchmark - no more operations than its timed pass had are run
 */
export async function heapPass(
  driver: Driver,
  kind: HeapWindowKind,
  { benchmark, parallel }: { readonly benchmark: JobBenchmark; readonly parallel: ParallelThreads },
): Promise<HeapRecord> {
  const { iterations, nanosPerOp, objectsPerOp } = benchmark;
  const warmup = Math.min(iterations, warmupOperations, Math.floor((warmupMillis * 1e6) / nanosPerOp));
  if (warmup > 1) await drive(driver, { timeMillis: 0, iterations: warmup, warmupMillis, batchMillis: 0.5 });
  const marks = await marksOf(driver, parallel);
  const isByLine = marks <= mostMarks;
  const perOp = Math.max(1, objectsPerOp + (isByLine ? marks : 0));
  const wanted = Math.max(1, Math.floor(Math.min(iterations, windowObjects / perOp)));
  const rounds = Math.min(calls, wanted);
  const size = Math.floor(wanted / rounds);
  const profile = { kind: 'heap', window: kind, marks: markMode(kind, isByLine) } as const;
  const recorder = threadRecorder(profile);
  const start = nowMillis();
  recorder.start();
  if (kind === 'allocated' && iterations > calls) await passOver(driver);
  parallel.startRecording(profile);
  for (let i = 0; i < rounds; i++) await runBatch(driver, size);
  const own = { thread: 'main', record: recorder.stop() };
  const threads = [own, ...(await parallel.stopRecording<'heap'>())];
  const durationNanos = (nowMillis() - start) * 1e6;
  return { threads, operations: size * rounds, durationNanos, isByLine };
}

/** What a new window makes V8 allocate once is nobody's. */
async function passOver(driver: Driver): Promise<void> {
  await runBatch(driver, 1);
  markHeap.segment();
}

/** Marks of a call from which on one call tells enough. */
const manyMarks = 1000;
const moreOperations = 11;

/** Marks of one operation, in all threads; of few, those are left out that a call of any length has. */
async function marksOf(driver: Driver, parallel: ParallelThreads): Promise<number> {
  const marksOfCall = async (n: number): Promise<number> => {
    const before = marksSoFar();
    await runBatch(driver, n);
    return marksSoFar() - before + parallel.marksOfRound();
  };
  const one = await marksOfCall(1);
  if (one > manyMarks) return one;
  return Math.max(0, (await marksOfCall(moreOperations)) - one) / (moreOperations - 1);
}

/** What marks leave behind in a window: those that have died would be missing among what is in use. */
export function markMode(kind: HeapWindowKind, isByLine: boolean): MarkMode {
  if (!isByLine) return 'off';
  return kind === 'in use' ? 'kept' : 'dropped';
}

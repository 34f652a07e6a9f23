import type { ThreadRecord } from '../capture/program-profile.js';
import type { Recorder } from '../capture/recorder.js';
import { drive } from './drive.js';
import { type Driver, keepApart } from './driver.js';
import type { BenchTime } from './job.js';
import type { ParallelThreads } from './parallel.js';
import { ProcessorWatch } from './processor-watch.js';
import { type ThreadRecords, threadRecorder } from './thread-recorder.js';
import { batchMillisFor, driveTime } from './time-pass.js';

/** Microseconds between ticks: 1 kHz costs 2 to 4 % of speed. */
export const cpuIntervalMicros = 1000;

/**
 * V8's flags for the CPU pass: an inlined function vanishes from V8's profiles, and so does what
 * was entered by on-stack replacement before the profiler started.
 */
export function cpuFlags(options: { readonly inline: boolean }): readonly string[] {
  return options.inline ? ['--no-use-osr'] : ['--no-use-osr', '--no-turbo-inlining', '--no-maglev-inlining'];
}

/**
 * V8's flags for the pass that tells an inlined profile's missing callers.
 *
 * Note: interpreted code, where nothing is inlined either, does worse: its shortest functions are not seen at all.
 */
export const pathsFlags: readonly string[] = cpuFlags({ inline: false });

const warmupMillis = 500;
/** Without on-stack replacement only a new call reaches optimised code: many short calls. */
const batchMillis = 0.5;

/** What the CPU profilers of its threads have recorded of a benchmark. */
export interface CpuRun {
  /** The main thread's first. */
  readonly threads: readonly ThreadRecord<ThreadRecords['cpu']>[];
  readonly operations: number;
  /** Nanoseconds an operation while it was profiled, without those for which other programs had the processor. */
  readonly nanosPerOp: number;
  /** Share of the duration for which they had it; 0 where that is not known. */
  readonly waited: number;
}

const profile = { kind: 'cpu', intervalMicros: cpuIntervalMicros } as const;

/** Profiles all threads of one benchmark for as long as it was timed. */
export async function cpuPass(
  driver: Driver,
  benchTime: BenchTime,
  parallel: ParallelThreads,
): Promise<CpuRun> {
  await keepApart(driver);
  const recorder = cpuRecorder();
  const isParallel = parallel.threads > 0;
  const { iterations, nanos, waited } = await drive(driver, {
    ...driveTime(benchTime),
    warmupMillis,
    batchMillis: isParallel ? batchMillisFor(parallel.threads) : batchMillis,
    beforeRun: () => {
      recorder.start();
      parallel.startRecording(profile);
    },
    // It tells of the main thread, which waits for the others where there are any.
    processor: isParallel ? undefined : new ProcessorWatch(),
  });
  const own = { thread: 'main', record: recorder.stop() };
  const threads = [own, ...(await parallel.stopRecording<'cpu'>())];
  return { threads, operations: iterations, nanosPerOp: nanos / iterations, waited };
}

/** A recorder of this thread for the CPU pass. */
export function cpuRecorder(): Recorder<ThreadRecords['cpu']> {
  return threadRecorder(profile);
}

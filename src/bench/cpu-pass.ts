import type { CpuProfiler, CpuRecord } from '../capture/cpu-record.js';
import { drive } from './drive.js';
import { type Driver, keepApart } from './driver.js';
import type { BenchTime } from './job.js';
import { ProcessorWatch } from './processor-watch.js';
import { driveTime } from './time-pass.js';

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

/** What a CPU profiler has recorded of a benchmark. */
export interface CpuRun extends CpuRecord {
  readonly operations: number;
  /** Nanoseconds an operation while it was profiled, without those for which other programs had the processor. */
  readonly nanosPerOp: number;
  /** Share of the duration for which they had it; 0 where that is not known. */
  readonly waited: number;
}

/** Profiles one benchmark for as long as it was timed. */
export async function cpuPass(driver: Driver, benchTime: BenchTime, profiler: CpuProfiler): Promise<CpuRun> {
  await keepApart(driver);
  const processor = new ProcessorWatch();
  const beforeRun = (): void => {
    profiler.start();
    processor.start();
  };
  const driven = await drive(driver, { ...driveTime(benchTime), warmupMillis, batchMillis, beforeRun });
  const { iterations, nanos } = driven;
  const waited = processor.waitedShare();
  return {
    ...profiler.stop(),
    operations: iterations,
    nanosPerOp: (nanos * (1 - waited)) / iterations,
    waited,
  };
}

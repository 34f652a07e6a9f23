import type { CpuProfiler, CpuRecord } from '../capture/cpu-record.js';
import { drive } from './drive.js';
import type { Driver } from './driver.js';
import type { BenchTime } from './job.js';
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

const warmupMillis = 500;
/** Without on-stack replacement only a new call reaches optimised code: many short calls. */
const batchMillis = 0.5;

/** Profiles one benchmark for as long as it was timed. */
export async function cpuPass(
  driver: Driver,
  benchTime: BenchTime,
  profiler: CpuProfiler,
): Promise<CpuRecord & { readonly operations: number }> {
  const beforeRun = (): void => profiler.start();
  const driven = await drive(driver, { ...driveTime(benchTime), warmupMillis, batchMillis, beforeRun });
  return { ...profiler.stop(), operations: driven.iterations };
}

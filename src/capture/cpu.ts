import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { AddonCpuProfiler, type PprofTime } from './cpu-addon.js';
import { InspectorCpuProfiler } from './cpu-inspector.js';
import type { CpuProfiler } from './cpu-record.js';
import { RestoringCpuProfiler } from './restore-callers.js';

/**
 * The best CPU profiler at hand: the addon of the package `pprof`, which knows the lines of calls,
 * or `node:inspector` where it was not built.
 *
 * @param intervalMicros - time between ticks
 */
export function cpuProfiler(intervalMicros: number): CpuProfiler {
  const time = loadAddon();
  const profiler =
    time === undefined
      ? new InspectorCpuProfiler(intervalMicros)
      : new AddonCpuProfiler(time, intervalMicros);
  return isRestoring ? new RestoringCpuProfiler(profiler) : profiler;
}

let isRestoring = false;

/** Has profilers of this thread put back callers that V8 loses; its code must not be inlined. */
export function restoreLostCallers(): void {
  isRestoring = true;
}

/** Whether CPU profiles of this thread know the lines of calls by themselves. */
export function hasAddon(): boolean {
  return loadAddon() !== undefined;
}

function loadAddon(): PprofTime | undefined {
  // In a worker thread it cannot be loaded.
  if (!isMainThread || process.env['PROF_NO_ADDON'] === '1') return undefined;
  try {
    const { time }: { time: PprofTime } = createRequire(import.meta.url)('pprof');
    return time;
  } catch {
    return undefined;
  }
}

import { FrameNamer } from '../capture/frames.js';
import { repairInlined } from '../capture/repair-inlined.js';
import type { Profiled, ProfiledSample } from './job.js';

/** Profiles taken with inlining whose inlined functions have been put back. */
export interface RepairedProfiles {
  readonly profiled: ReadonlyMap<string, Profiled>;
  /** Percentages of all ticks; see `repairInlined`. */
  readonly repairedPercent: number;
  readonly spreadPercent: number;
}

/**
 * Puts inlined functions back into profiles.
 *
 * @param profiled - by benchmark, with inlining
 * @param paths - the same benchmarks without inlining; one that is missing leaves its profile as it is
 */
export function repairProfiles(
  profiled: ReadonlyMap<string, Profiled>,
  paths: ReadonlyMap<string, Profiled>,
): RepairedProfiles {
  const namer = new FrameNamer();
  const repaired = new Map<string, Profiled>();
  let [all, moved, spread] = [0, 0, 0];
  for (const [name, one] of profiled) {
    const known = tickStacks(paths.get(name)?.samples ?? []);
    const samples: ProfiledSample[] = [];
    for (const [thread, own] of byThread(one.samples)) {
      const result = repairInlined(tickStacks(own), known, (frame) => namer.holdsLine(frame));
      for (const { stack, ticks } of result.stacks)
        samples.push({ stack, values: [ticks], labels: { thread } });
      moved += result.repairedTicks;
      spread += result.spreadTicks;
    }
    repaired.set(name, { ...one, samples });
    all += samples.reduce((sum, { values }) => sum + (values[0] ?? 0), 0);
  }
  const percent = (ticks: number): number => (all === 0 ? 0 : (100 * ticks) / all);
  return { profiled: repaired, repairedPercent: percent(moved), spreadPercent: percent(spread) };
}

function byThread(samples: readonly ProfiledSample[]): ReadonlyMap<string, readonly ProfiledSample[]> {
  const threads = new Map<string, ProfiledSample[]>();
  for (const sample of samples) {
    const thread = sample.labels['thread'] ?? '';
    const known = threads.get(thread);
    if (known === undefined) threads.set(thread, [sample]);
    else known.push(sample);
  }
  return threads;
}

function tickStacks(samples: readonly ProfiledSample[]): { stack: ProfiledSample['stack']; ticks: number }[] {
  return samples.map(({ stack, values }) => ({ stack, ticks: values[0] ?? 0 }));
}

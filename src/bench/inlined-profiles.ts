import { FrameNamer } from '../capture/frames.js';
import { repairInlined } from '../capture/repair-inlined.js';
import type { Profiled } from './job.js';

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
    const { stacks, repairedTicks, spreadTicks } = repairInlined(
      tickStacks(one),
      tickStacks(paths.get(name)),
      (frame) => namer.holdsLine(frame),
    );
    repaired.set(name, { ...one, samples: stacks.map(({ stack, ticks }) => ({ stack, values: [ticks] })) });
    all += stacks.reduce((sum, { ticks }) => sum + ticks, 0);
    moved += repairedTicks;
    spread += spreadTicks;
  }
  const percent = (ticks: number): number => (all === 0 ? 0 : (100 * ticks) / all);
  return { profiled: repaired, repairedPercent: percent(moved), spreadPercent: percent(spread) };
}

function tickStacks(
  profiled: Profiled | undefined,
): { stack: Profiled['samples'][number]['stack']; ticks: number }[] {
  return (profiled?.samples ?? []).map(({ stack, values }) => ({ stack, ticks: values[0] ?? 0 }));
}

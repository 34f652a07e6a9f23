import { basename } from 'node:path';
import { ProfileBuilder } from '../profile/builder.js';
import { noCallLines } from '../profile/call-lines.js';
import type { Profile } from '../profile/profile.js';
import { cpuIntervalMicros } from './cpu-pass.js';
import type { Profiled } from './job.js';
import type { Slowdown } from './slowdown.js';

/** What the profiles of a variant have in common. */
export interface ProfileFacts {
  /** Absolute path of the file with the benchmarks, or of the first of several. */
  readonly file: string;
  readonly variant: string;
  /** V8's flags of the pass. */
  readonly flags: readonly string[];
  /** Nanoseconds since 1970 when the pass began. */
  readonly timeNanos: bigint;
}

/** What a CPU profile tells besides. */
export interface CpuProfileFacts extends ProfileFacts {
  readonly slowdowns: readonly Slowdown[];
  /** What else there is to be said of it. */
  readonly notes?: readonly string[];
}

/** A CPU profile: `samples/count` and `cpu/nanoseconds`, labelled `bench=` and `thread=`. */
export function cpuProfile(profiled: ReadonlyMap<string, Profiled>, facts: CpuProfileFacts): Profile {
  const all = [...profiled.values()];
  const period = periodNanos(all);
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period,
    timeNanos: facts.timeNanos,
    durationNanos: totalDuration(all),
    comments: [
      ...comments(profiled, facts),
      ...(facts.notes ?? []).map((text) => `# ${text}`),
      ...facts.slowdowns.map(({ name, factor }) => `# slow-down: ${name} ${factor.toFixed(2)}`),
      ...(all.every(({ callLines }) => callLines) ? [] : [noCallLines]),
    ],
    mappingFile: facts.file,
  });
  for (const [name, { samples }] of profiled) {
    for (const { stack, values, labels } of samples) {
      const ticks = values[0] ?? 0;
      builder.addSample(stack, [ticks, ticks * period], { bench: name, ...labels });
    }
  }
  return builder.build();
}

/**
 * A memory profile: allocated and in use, objects and bytes, of two passes over as many operations, labelled `bench=` and
 * `thread=`.
 */
export function heapProfile(
  allocated: ReadonlyMap<string, Profiled>,
  inUse: ReadonlyMap<string, Profiled>,
  facts: ProfileFacts,
): Profile {
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'alloc_objects', unit: 'count' },
      { type: 'alloc_space', unit: 'bytes' },
      { type: 'inuse_objects', unit: 'count' },
      { type: 'inuse_space', unit: 'bytes' },
    ],
    defaultSampleType: 'alloc_space',
    periodType: { type: 'space', unit: 'bytes' },
    period: 1,
    timeNanos: facts.timeNanos,
    durationNanos: totalDuration([...allocated.values()]),
    comments: comments(allocated, facts),
    mappingFile: facts.file,
  });
  for (const [name, { samples }] of allocated) {
    for (const { stack, values, labels } of samples)
      builder.addSample(stack, [...pair(values), 0, 0], { bench: name, ...labels });
  }
  for (const [name, { samples }] of inUse) {
    for (const { stack, values, labels } of samples)
      builder.addSample(stack, [0, 0, ...pair(values)], { bench: name, ...labels });
  }
  return builder.build();
}

/**
 * A block or mutex profile: `contentions/count` and `delay/nanoseconds`, labelled `bench=`, `kind=`, `thread=` and
 * `lock=`.
 */
export function waitProfile(
  profiled: ReadonlyMap<string, Profiled>,
  facts: ProfileFacts & { readonly rate: number },
): Profile {
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'delay',
    periodType: { type: 'contentions', unit: 'count' },
    period: 1,
    timeNanos: facts.timeNanos,
    durationNanos: totalDuration([...profiled.values()]),
    comments: [...comments(profiled, facts), `# rate: ${facts.rate} ns`],
    mappingFile: facts.file,
  });
  for (const [name, { samples }] of profiled) {
    for (const { stack, values, labels } of samples)
      builder.addSample(stack, pair(values), { bench: name, ...labels });
  }
  return builder.build();
}

/**
 * Nanoseconds between ticks as they came: V8 waits for the interval and then takes its sample, so
 * that the mean is longer than what was asked for, by a tenth or more. While other programs have the processor there
 * are no ticks.
 */
function periodNanos(all: readonly Profiled[]): number {
  const ticks = all.reduce((sum, profiled) => sum + profiled.ticks, 0);
  const active = all.reduce((sum, { activeNanos }) => sum + activeNanos, 0);
  return ticks === 0 ? cpuIntervalMicros * 1000 : Math.max(1, Math.round(active / ticks));
}

function pair(values: readonly number[]): [number, number] {
  return [values[0] ?? 0, values[1] ?? 0];
}

function totalDuration(all: readonly Profiled[]): number {
  return Math.round(all.reduce((sum, { durationNanos }) => sum + durationNanos, 0));
}

/** Reports show the first on top; those that start with `#` are left to `prof comments`. */
function comments(profiled: ReadonlyMap<string, Profiled>, { file, variant, flags }: ProfileFacts): string[] {
  return [
    `${variant} (${basename(file)}), Node ${process.version}`,
    `# flags: ${flags.join(' ')}`,
    ...[...profiled].map(([name, { operations }]) => `# operations: ${name} ${operations}`),
  ];
}

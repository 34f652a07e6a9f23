import { ProfError } from '../error.js';
import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import { CpuprofileTree } from './cpuprofile-tree.js';
import { nanosPer } from './units.js';
import { defaultMicros } from './v8-times.js';
import { WrittenStacks } from './written-stacks.js';

/** Samples are written one by one up to here; of more, one for each stack, as long as they were together. */
const maxSamples = 1_000_000;

/**
 * A profile as V8's `.cpuprofile`, for Chrome DevTools. The order of samples is not that of time, which
 * a profile does not know; what is left of its duration is idle. Labels and lines of calls are lost.
 *
 * @param sampleType - a time, or the number of samples, each of which then lasts a period
 * @throws ProfError `usage` for a sample type that is neither
 */
export function writeCpuprofile(profile: Profile, sampleType: number): string {
  const tree = new CpuprofileTree();
  const hits = hitsOf(profile, { tree, sampleType });
  const busy = hits.reduce((sum, { nanos }) => sum + nanos, 0);
  const idle = Number(profile.durationNanos) - busy;
  // Times are kept to the microsecond.
  if (idle >= 1000) hits.push({ id: tree.hit([idleFrame], 1), rank: frameRanks.size, count: 1, nanos: idle });
  hits.sort((a, b) => a.rank - b.rank);
  const { samples, timeDeltas, endTime } = timeline(hits);
  return `${JSON.stringify({ nodes: tree.nodes, startTime, endTime, samples, timeDeltas })}\n`;
}

/** Microseconds; DevTools takes 0 for a time that is not known, and shows nothing. */
const startTime = 1000;

/**
 * What all times are multiples of, in microseconds: 2^-20 ms, which is less than a nanosecond.
 *
 * Note: whole microseconds, as V8 writes them, DevTools turns into milliseconds and back, and where that
 * is not exact it takes a function for the callee of the one before it: 347 ms of a function itself were
 * shown as 842. These are exact, for hours.
 */
const quantum = 1000 / 2 ** 20;

/**
 * What V8 puts below the root DevTools shows on top of the sample before it, whatever that is, or takes
 * for the sample around it. Where it comes first it stays by itself.
 */
const frameRanks: ReadonlyMap<string, number> = new Map([
  ['(garbage collector)', 0],
  ['(program)', 1],
]);

function rankOf([first, ...rest]: readonly Frame[]): number {
  const rank = rest.length > 0 || first === undefined ? undefined : frameRanks.get(first.name);
  return rank ?? frameRanks.size;
}

const idleFrame = { name: '(idle)', file: '', startLine: 0, line: 0 };

interface Hit {
  readonly id: number;
  /** Those of lower rank come first in time. */
  readonly rank: number;
  readonly count: number;
  readonly nanos: number;
}

function hitsOf(profile: Profile, { tree, sampleType }: { tree: CpuprofileTree; sampleType: number }): Hit[] {
  const { samples, sampleTypes } = profile;
  const nanosPerUnit = nanosOf(profile, sampleType);
  const counts = samples.values[sampleTypes.findIndex(({ type }) => type === 'samples')];
  const stacks = new WrittenStacks(profile);
  const hits: Hit[] = [];
  for (let i = 0; i < samples.count; i++) {
    const nanos = Number(samples.values[sampleType]?.[i] ?? 0) * nanosPerUnit;
    if (!(nanos > 0)) continue;
    const count = Math.max(1, Number(counts?.[i] ?? 1));
    const stack = stacks.of(i);
    hits.push({ id: tree.hit(stack, count), rank: rankOf(stack), count, nanos });
  }
  return hits;
}

/** What one unit of a sample type lasts. */
function nanosOf({ sampleTypes, periodType, period }: Profile, sampleType: number): number {
  const { type = '', unit = '' } = sampleTypes[sampleType] ?? {};
  const nanos = nanosPer(unit);
  if (nanos !== undefined) return nanos;
  if (type !== 'samples')
    throw new ProfError('usage', `"${type}" is counted in ${unit}: a .cpuprofile holds times`, {
      hint: 'Choose a time with `--sample-index`, or write `--to speedscope`, which takes any unit.',
    });
  const each = Number(period) * (nanosPer(periodType.unit) ?? 0);
  return each > 0 ? each : defaultMicros * 1000;
}

/** Samples and the microseconds from one to the next; the last lasts until the end. */
function timeline(hits: readonly Hit[]): { samples: number[]; timeDeltas: number[]; endTime: number } {
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  const total = hits.reduce((sum, { count }) => sum + count, 0);
  let [before, at] = [0, 0];
  for (const { id, count, nanos } of hits) {
    const parts = total > maxSamples ? 1 : count;
    const start = at;
    for (let part = 0; part < parts; part++) {
      const begin = quantized(start + (nanos * part) / parts);
      samples.push(id);
      timeDeltas.push(begin - before);
      before = begin;
    }
    at = start + nanos;
  }
  return { samples, timeDeltas, endTime: startTime + quantized(at) };
}

/** Nanoseconds as microseconds that DevTools computes with exactly. */
function quantized(nanos: number): number {
  return Math.round(nanos / 1000 / quantum) * quantum;
}

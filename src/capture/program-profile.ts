import { basename } from 'node:path';
import { ProfileBuilder } from '../profile/builder.js';
import { callLinesByText, noCallLines } from '../profile/call-lines.js';
import type { Profile } from '../profile/profile.js';
import type { BlockSite } from './block/block-recorder.js';
import { chargedWaits } from './block/charged-waits.js';
import type { CpuRecord } from './cpu-record.js';
import { FrameNamer } from './frames.js';
import type { HeapSite, HeapWindowKind } from './heap.js';
import { isOwnWork, programFrames } from './own-frames.js';
import type { ProgramCpuRecord } from './program-cpu-record.js';

/** What a thread of a program has recorded. */
export interface ThreadRecord<T> {
  /** The value of the label `thread`. */
  readonly thread: string;
  readonly record: T;
}

/** What a profile of a program says of itself. */
export interface ProgramFacts {
  /** Absolute path of the script. */
  readonly script: string;
  /** Nanoseconds since 1970 when the recording began. */
  readonly timeNanos: bigint;
  readonly durationNanos: number;
  /** What else is to be known, a line each; lines that start with `#` are left to `prof comments`. */
  readonly remarks: readonly string[];
  /** Whether its files told of their awaits. */
  readonly awaitsTimed: boolean;
}

/**
 * The CPU profile of a program: `samples/count` and `cpu/nanoseconds`, labelled `thread=`. Waiting is
 * left out, and what prof itself did.
 */
export function programCpuProfile(
  threads: readonly ThreadRecord<ProgramCpuRecord>[],
  facts: ProgramFacts,
): Profile {
  const period = periodNanos(threads.map(({ record }) => record));
  const builder = new ProfileBuilder({
    ...headOf(facts),
    comments: [...commentsOf(facts), ...callLinesComment(threads.map(({ record }) => record.callLines))],
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period,
  });
  const namer = new FrameNamer(facts);
  for (const { thread, record } of threads) {
    for (const { stack, ticks } of record.sites) {
      if (stack[0]?.name === '(idle)' || isOwnWork(stack)) continue;
      const frames = programFrames(stack).map((frame) => namer.cpuFrame(frame));
      builder.addSample(frames.reverse(), [ticks, ticks * period], { thread });
    }
  }
  return builder.build();
}

function callLinesComment(known: readonly ProgramCpuRecord['callLines'][]): string[] {
  if (known.includes(false)) return [noCallLines];
  return known.includes('by text') ? [callLinesByText] : [];
}

/** The memory profile of a program: objects and bytes, labelled `thread=`; what prof itself allocated is left out. */
export function programHeapProfile(
  threads: readonly ThreadRecord<readonly HeapSite[]>[],
  facts: ProgramFacts & { readonly kind: HeapWindowKind; readonly rate: number },
): Profile {
  const prefix = facts.kind === 'allocated' ? 'alloc' : 'inuse';
  const builder = new ProfileBuilder({
    ...headOf(facts),
    comments: commentsOf(facts),
    sampleTypes: [
      { type: `${prefix}_objects`, unit: 'count' },
      { type: `${prefix}_space`, unit: 'bytes' },
    ],
    defaultSampleType: `${prefix}_space`,
    periodType: { type: 'space', unit: 'bytes' },
    period: facts.rate,
  });
  const namer = new FrameNamer(facts);
  for (const { thread, record } of threads) {
    for (const { stack, objects, bytes } of record) {
      if (isOwnWork(stack)) continue;
      const frames = programFrames(stack).map((frame) => namer.heapFrame(frame));
      builder.addSample(frames.reverse(), [objects, bytes], { thread });
    }
  }
  return builder.build();
}

/**
 * A block or mutex profile of a program: `contentions/count` and `delay/nanoseconds`, labelled `kind=`, `thread=` and
 * `lock=`.
 */
export function programWaitProfile(
  threads: readonly ThreadRecord<readonly BlockSite[]>[],
  facts: ProgramFacts & { readonly rate: number },
): Profile {
  const builder = new ProfileBuilder({
    ...headOf(facts),
    comments: [...commentsOf(facts), `# rate: ${facts.rate} ns`],
    sampleTypes: [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'delay',
    periodType: { type: 'contentions', unit: 'count' },
    period: 1,
  });
  const namer = new FrameNamer(facts);
  for (const { thread, record } of threads) {
    for (const { stack, kind, lock, contentions, nanos } of chargedWaits(record, namer)) {
      if (isOwnWork(stack)) continue;
      const frames = programFrames(stack).map((frame) => namer.cpuFrame(frame));
      const labels = { kind, thread, ...(lock === undefined ? {} : { lock }) };
      builder.addSample(frames.reverse(), [Math.round(contentions), Math.round(nanos)], labels);
    }
  }
  return builder.build();
}

function headOf({ script, timeNanos, durationNanos }: ProgramFacts): {
  mappingFile: string;
  timeNanos: bigint;
  durationNanos: number;
} {
  return { mappingFile: script, timeNanos, durationNanos };
}

function commentsOf({ script, remarks }: ProgramFacts): string[] {
  return [`${basename(script)}, Node ${process.version}`, ...remarks];
}

/** Nanoseconds between ticks as they came, of all threads: V8's come later than asked for. */
function periodNanos(records: readonly CpuRecord[]): number {
  const ticks = records.flatMap(({ sites }) => sites).reduce((sum, site) => sum + site.ticks, 0);
  const nanos = records.reduce((sum, { durationNanos }) => sum + durationNanos, 0);
  return Math.round(ticks === 0 ? (records[0]?.periodNanos ?? 0) : nanos / ticks);
}

import type { BlockSite } from '../capture/block/block-recorder.js';
import { chargedWaits } from '../capture/block/charged-waits.js';
import { FrameNamer } from '../capture/frames.js';
import { hasAwaitCalls } from '../source/transform/await-slot.js';
import type { CpuRun } from './cpu-pass.js';
import { harness } from './harness.js';
import type { HeapRecord } from './heap-pass.js';
import type { Profiled, ProfiledSample } from './job.js';
import { type OwnedFrame, type RawStack, type RootedStack, rootStacks } from './root-stacks.js';
import type { WaitRecord } from './wait-pass.js';

/**
 * A CPU record as a profile's samples; values are ticks.
 *
 * @param benchmark - the benchmark function's own name; undefined for a task
 */
export function profiledCpu(run: CpuRun, benchmark: string | undefined): Profiled {
  const namer = new FrameNamer();
  const stacks = run.threads.flatMap(({ thread, record }) =>
    record.sites
      // Idle time is waiting, not work.
      .filter(({ stack }) => stack[0]?.name !== '(idle)' && isWork(stack, thread, run.threads))
      .map(({ stack, ticks }) => ({ frames: stack, values: [ticks], labels: { thread } })),
  );
  const records = run.threads.map(({ record }) => record);
  return {
    ...noProfile,
    ...samplesOf(stacks, benchmark, (frame) => namer.cpuFrame(frame)),
    durationNanos: Math.max(...records.map(({ durationNanos }) => durationNanos)),
    activeNanos: (1 - run.waited) * records.reduce((sum, { durationNanos }) => sum + durationNanos, 0),
    ticks: records.flatMap(({ sites }) => sites).reduce((sum, { ticks }) => sum + ticks, 0),
    operations: run.operations,
    nanosPerOp: run.nanosPerOp,
    callLines: run.threads.every(({ record }) => record.callLines),
    problems: namer.problems,
  };
}

/** A heap record as a profile's samples; values are objects and bytes. */
export function profiledHeap(
  { threads, durationNanos, operations, isByLine }: HeapRecord,
  benchmark: string | undefined,
): Profiled {
  const namer = new FrameNamer();
  const stacks = threads.flatMap(({ thread, record }) =>
    record
      // What V8 allocates by itself has no script on its stack, and is not the benchmark's.
      .filter(({ stack }) => stack.some(({ url }) => url !== '') && isWork(stack, thread, threads))
      .map(({ stack, objects, bytes }) => ({
        frames: stack.map((frame) => ({ ...frame, name: frame.functionName })),
        values: [objects, bytes],
        labels: { thread },
      })),
  );
  const samples = samplesOf(stacks, benchmark, (frame) => namer.heapFrame(frame));
  const { problems } = namer;
  return { ...noProfile, ...samples, durationNanos, operations, callLines: isByLine, problems };
}

/** Waits as a profile's samples; values are how many and how long, in nanoseconds. */
export function profiledWaits(
  { threads, durationNanos, operations }: WaitRecord,
  benchmark: string | undefined,
): Profiled {
  const namer = new FrameNamer({ awaitsTimed: hasAwaitCalls() });
  const stacks = threads.flatMap(({ thread, record }) =>
    chargedWaits(record, namer)
      .filter((site) => isUsers(site) && isWork(site.stack, thread, threads))
      .map((site) => ({
        // The harness's own waits are left out; its frames between the program's are in the way.
        frames: site.stack.filter(({ url }) => !harness.isHarness(url)),
        values: [Math.round(site.contentions), Math.round(site.nanos)],
        labels: { kind: site.kind, thread, ...(site.lock === undefined ? {} : { lock: site.lock }) },
      })),
  );
  const samples = samplesOf(stacks, benchmark, (frame) => namer.cpuFrame(frame));
  return {
    ...noProfile,
    ...samples,
    durationNanos,
    operations,
    callLines: true,
    problems: namer.problems,
  };
}

const noProfile = { activeNanos: 0, ticks: 0, nanosPerOp: 0, callLines: false } as const;

/** The main thread of a parallel benchmark does nothing but wait for its workers, and wake them. */
function isWork(
  stack: readonly { readonly url: string }[],
  thread: string,
  threads: readonly unknown[],
): boolean {
  if (thread !== 'main' || threads.length === 1) return true;
  return stack.some(({ url }) => url !== '' && !url.startsWith('node:') && !harness.isHarness(url));
}

/** Whether it is not tinybench that waits. */
function isUsers({ stack }: BlockSite): boolean {
  return !harness.isHarness(stack.at(-2)?.url ?? '');
}

function samplesOf<F extends OwnedFrame>(
  stacks: readonly RawStack<F>[],
  benchmark: string | undefined,
  name: (frame: F) => ProfiledSample['stack'][number],
): { readonly samples: readonly ProfiledSample[] } {
  return { samples: rootStacks(stacks, { ...harness, benchmark }).map((stack) => toSample(stack, name)) };
}

function toSample<F extends OwnedFrame>(
  { frames, values, labels, isRootAdded }: RootedStack<F>,
  name: (frame: F) => ProfiledSample['stack'][number],
): ProfiledSample {
  const [root, ...others] = frames.map(name);
  if (root === undefined) return { stack: [], values, labels };
  // What no line of the benchmark called, garbage collection above all, stands where the benchmark starts.
  const first = isRootAdded ? { ...root, line: root.startLine } : root;
  return { stack: [first, ...others].reverse(), values, labels };
}

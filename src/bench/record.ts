import type { BlockSite } from '../capture/block/block-recorder.js';
import { FrameNamer } from '../capture/frames.js';
import type { BlockRecord } from './block-pass.js';
import type { CpuRun } from './cpu-pass.js';
import { harness } from './harness.js';
import type { HeapRecord } from './heap-pass.js';
import type { Profiled, ProfiledSample } from './job.js';
import { type OwnedFrame, type RootedStack, rootStacks } from './root-stacks.js';

/** What is known of the benchmark that a record belongs to. */
export interface RecordFacts {
  /** The benchmark function's own name; undefined for a task. */
  readonly benchmark: string | undefined;
  /** Whether the lines of callers are those that made the call. */
  readonly callLines: boolean;
}

/** A CPU record as a profile's samples; values are ticks. */
export function profiledCpu(record: CpuRun, { benchmark, callLines }: RecordFacts): Profiled {
  const namer = new FrameNamer();
  // Idle time is waiting, not work.
  const busy = record.sites.filter(({ stack }) => stack[0]?.name !== '(idle)');
  const stacks = rootStacks(
    busy.map(({ stack, ticks }) => ({ frames: stack, values: [ticks] })),
    { ...harness, benchmark },
  );
  const samples = stacks.map((stack) => toSample(stack, (frame) => namer.cpuFrame(frame)));
  const ticks = record.sites.reduce((sum, site) => sum + site.ticks, 0);
  const { durationNanos, operations, nanosPerOp, waited } = record;
  const { problems } = namer;
  const activeNanos = durationNanos * (1 - waited);
  return { samples, durationNanos, activeNanos, ticks, operations, nanosPerOp, callLines, problems };
}

/** A heap record as a profile's samples; values are objects and bytes. */
export function profiledHeap(record: HeapRecord, benchmark: string | undefined): Profiled {
  const namer = new FrameNamer();
  // What V8 allocates by itself has no script on its stack, and is not the benchmark's.
  const sites = record.sites.filter(({ stack }) => stack.some(({ url }) => url !== ''));
  const stacks = rootStacks(
    sites.map(({ stack, objects, bytes }) => ({
      frames: stack.map((frame) => ({ ...frame, name: frame.functionName })),
      values: [objects, bytes],
    })),
    { ...harness, benchmark },
  );
  const samples = stacks.map((stack) => toSample(stack, (frame) => namer.heapFrame(frame)));
  const { durationNanos, operations } = record;
  const { problems } = namer;
  return {
    ...{ samples, durationNanos, operations, problems },
    ...{ activeNanos: 0, ticks: 0, nanosPerOp: 0, callLines: false },
  };
}

/** Waits as a profile's samples; values are how many and how long, in nanoseconds. */
export function profiledBlock(record: BlockRecord, benchmark: string | undefined): Profiled {
  const namer = new FrameNamer();
  const stacks = record.threads.flatMap(({ thread, sites }) =>
    sites.filter(isUsers).map((site) => ({
      // The harness's own waits are left out; its frames between the program's are in the way.
      frames: site.stack.filter(({ url }) => !harness.isHarness(url)),
      values: [Math.max(1, Math.round(site.contentions)), Math.round(site.nanos)],
      labels: { kind: site.kind, thread, ...(site.lock === undefined ? {} : { lock: site.lock }) },
    })),
  );
  const rooted = rootStacks(stacks, { ...harness, benchmark });
  const samples = rooted.map((stack) => toSample(stack, (frame) => namer.cpuFrame(frame)));
  const { durationNanos, operations } = record;
  return {
    ...{ samples, durationNanos, operations, problems: namer.problems },
    ...{ activeNanos: 0, ticks: 0, nanosPerOp: 0, callLines: true },
  };
}

/** Whether it is not tinybench that waits. */
function isUsers({ stack }: BlockSite): boolean {
  return !harness.isHarness(stack.at(-2)?.url ?? '');
}

function toSample<F extends OwnedFrame>(
  { frames, values, labels, isRootAdded }: RootedStack<F>,
  name: (frame: F) => ProfiledSample['stack'][number],
): ProfiledSample {
  const [root, ...others] = frames.map(name);
  if (root === undefined) return { stack: [], values };
  // What no line of the benchmark called, garbage collection above all, stands where the benchmark starts.
  const first = isRootAdded ? { ...root, line: root.startLine } : root;
  return { stack: [first, ...others].reverse(), values, ...(labels === undefined ? {} : { labels }) };
}

import type { InspectorProfile, ProfileNode } from './cpu-inspector.js';
import type { CpuFrame } from './cpu-record.js';

/** A CPU profile that tells when each of its samples was taken. */
export interface TimedProfile extends InspectorProfile {
  /** Ids of nodes, in the order of time. */
  readonly samples?: readonly number[];
  /** Microseconds since the sample before, for the first since `startTime`. */
  readonly timeDeltas?: readonly number[];
}

/** A stack that was running in some part of the time. */
export interface RunningStack {
  /** Root first. */
  readonly stack: readonly CpuFrame[];
  /** Its share of the samples of that part that were not idle, above 0, at most 1. */
  readonly share: number;
}

/** What ran when, by a CPU profile. */
export class CpuTimeline {
  readonly #samples: readonly number[];
  /** Microseconds on the profile's clock, ascending. */
  readonly #times: Float64Array;
  /** By node; idle ones are not in it. */
  readonly #stacks: ReadonlyMap<number, readonly RunningStack[]>;

  /** @param isMeant - whether a stack, root first, is to be told of; others count, and that is all */
  constructor(profile: TimedProfile, isMeant: (stack: readonly CpuFrame[]) => boolean) {
    const { samples = [], timeDeltas = [] } = profile;
    this.#samples = samples;
    this.#times = new Float64Array(samples.length);
    let time = profile.startTime;
    for (let i = 0; i < samples.length; i++) {
      time += timeDeltas[i] ?? 0;
      this.#times[i] = time;
    }
    this.#stacks = stacksOf(profile, isMeant);
  }

  /** What was running from one moment to another, in microseconds. */
  between(start: number, end: number): readonly RunningStack[] {
    const counts = new Map<number, number>();
    let all = 0;
    for (let i = this.#firstAt(start); i < this.#samples.length && (this.#times[i] ?? 0) <= end; i++) {
      const id = this.#samples[i] ?? 0;
      if (!this.#stacks.has(id)) continue;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      all++;
    }
    return [...counts].flatMap(([id, count]) =>
      (this.#stacks.get(id) ?? []).map(({ stack, share }) => ({ stack, share: (share * count) / all })),
    );
  }

  #firstAt(time: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The stacks of each node, one for each line that the samples of it fell on in the whole profile. */
function stacksOf(
  { nodes }: TimedProfile,
  isMeant: (stack: readonly CpuFrame[]) => boolean,
): ReadonlyMap<number, readonly RunningStack[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stacks = new Map<number, readonly RunningStack[]>();
  const walk = (node: ProfileNode, callers: readonly CpuFrame[]): void => {
    const own = [...callers, frameOf(node, startLine(node))];
    if (own[0]?.name === '(idle)') return;
    const lines = isMeant(own) ? linesOf(node) : [];
    stacks.set(
      node.id,
      lines.map(({ line, share }) => ({ stack: [...callers, frameOf(node, line)], share })),
    );
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child !== undefined) walk(child, own);
    }
  };
  for (const id of nodes[0]?.children ?? []) {
    const child = byId.get(id);
    if (child !== undefined) walk(child, []);
  }
  return stacks;
}

function linesOf(node: ProfileNode): readonly { readonly line: number; readonly share: number }[] {
  const known = (node.positionTicks ?? []).filter(({ ticks }) => ticks > 0);
  const all = known.reduce((sum, { ticks }) => sum + ticks, 0);
  if (all === 0) return [{ line: startLine(node), share: 1 }];
  return known.map(({ line, ticks }) => ({ line, share: ticks / all }));
}

function startLine({ callFrame }: ProfileNode): number {
  return Math.max(0, callFrame.lineNumber + 1);
}

function frameOf({ callFrame }: ProfileNode, line: number): CpuFrame {
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const start = url === '' ? undefined : { line: lineNumber + 1, column: columnNumber + 1 };
  return { name: functionName, url, line, start };
}

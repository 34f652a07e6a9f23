import { hasCallLines } from '../source/transform/call-lines.js';
import type { CpuFrame, CpuProfiler, CpuRecord, CpuSite } from './cpu-record.js';
import { foldCalls } from './fold-calls.js';
import { type CallFrame, OwnInspector } from './inspector.js';

/** A node of the call tree as the protocol has it. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount?: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** What `Profiler.stop` gives. */
export interface InspectorProfile {
  readonly nodes: readonly ProfileNode[];
  /** Microseconds. */
  readonly startTime: number;
  readonly endTime: number;
}

/**
 * `node:inspector`'s profiler: knows where each function starts and on which of its lines its own
 * ticks fell, but not the lines of calls; callers get the line where they start.
 */
export class InspectorCpuProfiler implements CpuProfiler {
  readonly callLines: boolean = hasCallLines();
  readonly #intervalMicros: number;
  readonly #inspector = new OwnInspector();

  constructor(intervalMicros: number) {
    this.#intervalMicros = intervalMicros;
  }

  start(): void {
    this.#inspector.post('Profiler.enable');
    this.#inspector.post('Profiler.setSamplingInterval', { interval: this.#intervalMicros });
    this.#inspector.post('Profiler.start');
  }

  stop(): CpuRecord {
    const { profile } = this.#inspector.post<{ profile: InspectorProfile }>('Profiler.stop');
    return {
      sites: this.callLines ? foldCalls(sitesOf(profile)) : sitesOf(profile),
      periodNanos: this.#intervalMicros * 1000,
      durationNanos: (profile.endTime - profile.startTime) * 1000,
    };
  }
}

/** Ticks by stack and line, in the order of the tree. */
export function sitesOf(profile: InspectorProfile): CpuSite[] {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const sites: CpuSite[] = [];
  const walk = (node: ProfileNode, callers: readonly CpuFrame[]): void => {
    for (const { line, ticks } of ticksOf(node))
      sites.push({ stack: [...callers, toFrame(node.callFrame, line)], ticks });
    const stack = [...callers, toFrame(node.callFrame, node.callFrame.lineNumber + 1)];
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child !== undefined) walk(child, stack);
    }
  };
  const root = profile.nodes[0];
  for (const id of root?.children ?? []) {
    const child = byId.get(id);
    if (child !== undefined) walk(child, []);
  }
  return sites;
}

/** A node's own ticks by line; those that V8 gives no line stay on the line where the function starts. */
function ticksOf(node: ProfileNode): { line: number; ticks: number }[] {
  const known = (node.positionTicks ?? [])
    .filter(({ ticks }) => ticks > 0)
    .map(({ line, ticks }) => ({ line, ticks }));
  const rest = (node.hitCount ?? 0) - known.reduce((sum, { ticks }) => sum + ticks, 0);
  return rest > 0 ? [...known, { line: node.callFrame.lineNumber + 1, ticks: rest }] : known;
}

function toFrame(frame: CallFrame, line: number): CpuFrame {
  return {
    name: frame.functionName,
    url: frame.url,
    line: Math.max(line, 0),
    start: frame.url === '' ? undefined : { line: frame.lineNumber + 1, column: frame.columnNumber + 1 },
  };
}

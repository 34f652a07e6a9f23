import type { ProfileBuilderOptions } from '../profile/builder.js';
import { noCallLines } from '../profile/call-lines.js';
import type { StackCollector } from './stack-collector.js';
import type { V8Tree } from './v8-tree.js';

/** What fell on one line of a node: samples, and their time. */
export interface LineTicks {
  /** 1-based; 0 when unknown. */
  readonly line: number;
  readonly count: number;
  readonly nanos: number;
}

/** What fell on a node itself. */
export interface NodeTicks {
  readonly node: number;
  readonly lines: readonly LineTicks[];
}

/** Adds the ticks of a tree to a profile; idle time is left out. */
export function addTicks(
  collector: StackCollector,
  { tree, ticks, labels }: { tree: V8Tree; ticks: readonly NodeTicks[]; labels?: Record<string, string> },
): void {
  for (const { node, lines } of ticks) {
    if (tree.isIdle(node)) continue;
    const place = (): string => tree.place(node);
    for (const { line, count, nanos } of lines) {
      const stack = tree.stack(node, line, (frame) => collector.locationOf(frame));
      collector.add(stack, [count, nanos], { place, ...(labels === undefined ? {} : { labels }) });
    }
  }
}

/**
 * What a CPU profile of V8 says of itself. The period is what one sample that was not idle lasted
 * on average: V8 does not write the interval that it was asked for.
 *
 * @param durationNanos - from start to end, idle time included
 */
export function cpuOptions(
  trees: readonly { readonly tree: V8Tree; readonly ticks: readonly NodeTicks[] }[],
  durationNanos: number,
): ProfileBuilderOptions {
  let [count, nanos] = [0, 0];
  for (const { tree, ticks } of trees)
    for (const { node, lines } of ticks) {
      if (tree.isIdle(node)) continue;
      for (const line of lines) {
        count += line.count;
        nanos += line.nanos;
      }
    }
  const period = count > 0 ? Math.round(nanos / count) : 0;
  return {
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: safe(period),
    durationNanos: safe(durationNanos),
    comments: [noCallLines],
  };
}

function safe(value: number): number {
  return Number.isSafeInteger(Math.round(value)) ? Math.max(0, value) : 0;
}

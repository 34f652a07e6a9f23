import type { Samples } from '../profile/profile.js';
import { type Accumulator, addends } from './accumulator.js';
import type { NodeTable } from './node-table.js';
import type { SampleValues } from './sums.js';

/**
 * The samples that have a value, each as the nodes on its way from the root, and what it adds. Numbers are
 * doubles: pictures do not need more.
 */
export interface SamplePaths {
  readonly count: number;
  /** The nodes of sample i stand at `start[i]` to `start[i + 1]` (exclusive) of `nodes`, root first. */
  readonly start: Uint32Array;
  /** By number in the node table. */
  readonly nodes: Uint32Array;
  /** How many nodes there can be. */
  readonly nodeCount: number;
  /** What is there, and what was there before: the sample's value where it is positive, and where it is negative. */
  readonly after: Float64Array;
  readonly before: Float64Array;
}

/** The paths of samples; a mean is taken sample by sample, as pprof's flame graph does. */
export function samplePaths(
  samples: Samples,
  { start: nodeStart, nodes, infos }: NodeTable,
  { values, divisors }: SampleValues,
): SamplePaths {
  const value = addends(values);
  const kept = keptSamples(value, samples.count);
  const start = new Uint32Array(kept.length + 1);
  for (let i = 0; i < kept.length; i++) {
    const sample = kept[i]!;
    let length = 0;
    for (let at = samples.start[sample]!; at < samples.start[sample + 1]!; at++)
      length += nodeStart[samples.stack[at]! + 1]! - nodeStart[samples.stack[at]!]!;
    start[i + 1] = start[i]! + length;
  }
  const path = new Uint32Array(start[kept.length]!);
  let to = 0;
  for (let i = 0; i < kept.length; i++) {
    const sample = kept[i]!;
    for (let at = samples.start[sample + 1]! - 1; at >= samples.start[sample]!; at--) {
      const location = samples.stack[at]!;
      for (let n = nodeStart[location + 1]! - 1; n >= nodeStart[location]!; n--) path[to++] = nodes[n]!;
    }
  }
  return {
    ...{ count: kept.length, start, nodes: path, nodeCount: infos.length },
    ...bothSides(kept, value, divisors && addends(divisors)),
  };
}

function bothSides(
  kept: Uint32Array,
  value: Accumulator,
  divisor: Accumulator | undefined,
): Pick<SamplePaths, 'after' | 'before'> {
  const [after, before] = [new Float64Array(kept.length), new Float64Array(kept.length)];
  for (let i = 0; i < kept.length; i++) {
    const sample = kept[i]!;
    const number = meanOf(Number(value[sample]!), divisor === undefined ? 0 : Number(divisor[sample]!));
    if (number > 0) after[i] = number;
    else before[i] = -number;
  }
  return { after, before };
}

function meanOf(value: number, divisor: number): number {
  return divisor === 0 ? value : Math.trunc(value / divisor);
}

function keptSamples(value: Float64Array, count: number): Uint32Array {
  const kept = new Uint32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) if (value[i]!) kept[length++] = i;
  return kept.subarray(0, length);
}

/** Both sides of some nodes. */
export interface PivotPaths {
  /** From the outermost of the nodes on to the leaf. */
  readonly callees: SamplePaths;
  /** From the same node back to the root. */
  readonly callers: SamplePaths;
}

/**
 * The paths that pass through one of some nodes, cut there:
 *
 *     // path        pivot b: callees   callers
 *     // a b c b             b c b      b a
 */
export function pivotPaths(paths: SamplePaths, isPivot: (node: number) => boolean): PivotPaths {
  const marked = Uint8Array.from({ length: paths.nodeCount }, (_, node) => (isPivot(node) ? 1 : 0));
  const callees = new PathList(paths);
  const callers = new PathList(paths);
  for (let i = 0; i < paths.count; i++) {
    const [from, end] = [paths.start[i]!, paths.start[i + 1]!];
    let at = from;
    while (at < end && marked[paths.nodes[at]!] === 0) at++;
    if (at === end) continue;
    callees.add(i, paths.nodes.subarray(at, end));
    callers.add(i, paths.nodes.slice(from, at + 1).reverse());
  }
  return { callees: callees.build(), callers: callers.build() };
}

/** Paths while they are put together from parts of others. */
class PathList {
  readonly #of: SamplePaths;
  readonly #start: Uint32Array;
  readonly #nodes: Uint32Array;
  readonly #after: Float64Array;
  readonly #before: Float64Array;
  #count = 0;

  constructor(of: SamplePaths) {
    this.#of = of;
    this.#start = new Uint32Array(of.count + 1);
    this.#nodes = new Uint32Array(of.nodes.length);
    this.#after = new Float64Array(of.count);
    this.#before = new Float64Array(of.count);
  }

  /** Adds a path with the value of sample i. */
  add(i: number, nodes: Uint32Array): void {
    const at = this.#start[this.#count]!;
    this.#nodes.set(nodes, at);
    this.#after[this.#count] = this.#of.after[i]!;
    this.#before[this.#count] = this.#of.before[i]!;
    this.#start[++this.#count] = at + nodes.length;
  }

  build(): SamplePaths {
    return {
      count: this.#count,
      start: this.#start.subarray(0, this.#count + 1),
      nodes: this.#nodes.subarray(0, this.#start[this.#count]!),
      nodeCount: this.#of.nodeCount,
      after: this.#after.subarray(0, this.#count),
      before: this.#before.subarray(0, this.#count),
    };
  }
}

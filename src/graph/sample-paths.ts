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
  /** The node of each sample at a depth, counted from 0, `pathEnd` where its path is shorter; made when it is asked for. */
  readonly column: (depth: number) => Uint32Array;
}

/** No node: a path has ended. */
export const pathEnd: number = 2 ** 32 - 1;

/** Neighbours in a column are neighbours in memory, which those in paths are not. */
function columnsOf(count: number, start: Uint32Array, nodes: Uint32Array): Pick<SamplePaths, 'column'> {
  const columns: Uint32Array[] = [];
  const made = (depth: number): Uint32Array => {
    const column = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const at = start[i]! + depth;
      column[i] = at < start[i + 1]! ? nodes[at]! : pathEnd;
    }
    return column;
  };
  return { column: (depth) => (columns[depth] ??= made(depth)) };
}

/** The paths of samples; a mean is taken sample by sample, as pprof's flame graph does. */
export function samplePaths(
  samples: Samples,
  { start: nodeStart, nodes, infos }: NodeTable,
  { values, divisors }: SampleValues,
): SamplePaths {
  const value = addends(values);
  const kept = keptSamples(value, samples.count);
  const hasInlined = nodes.length !== nodeStart.length - 1;
  const { start, path } = hasInlined
    ? inlinedPaths(samples, kept, { start: nodeStart, nodes })
    : plainPaths(samples, kept, nodes);
  return {
    ...{ count: kept.length, start, nodes: path, nodeCount: infos.length },
    ...bothSides(kept, value, divisors && addends(divisors)),
    ...columnsOf(kept.length, start, path),
  };
}

type Paths = { readonly start: Uint32Array; readonly path: Uint32Array };

/** Each location is one node, as in most profiles of JavaScript. */
function plainPaths({ start: from, stack }: Samples, kept: Uint32Array, nodes: Uint32Array): Paths {
  const start = new Uint32Array(kept.length + 1);
  for (let i = 0; i < kept.length; i++) start[i + 1] = start[i]! + from[kept[i]! + 1]! - from[kept[i]!]!;
  const path = new Uint32Array(start[kept.length]!);
  for (let i = 0, to = 0; i < kept.length; i++) {
    const least = from[kept[i]!]!;
    for (let at = from[kept[i]! + 1]! - 1; at >= least; at--) path[to++] = nodes[stack[at]!]!;
  }
  return { start, path };
}

/** A location can be several nodes, inlined into one another. */
function inlinedPaths(
  samples: Samples,
  kept: Uint32Array,
  { start: nodeStart, nodes }: Pick<NodeTable, 'start' | 'nodes'>,
): Paths {
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
  return { start, path };
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
    const start = this.#start.subarray(0, this.#count + 1);
    const nodes = this.#nodes.subarray(0, this.#start[this.#count]!);
    return {
      ...{ count: this.#count, start, nodes, ...columnsOf(this.#count, start, nodes) },
      nodeCount: this.#of.nodeCount,
      after: this.#after.subarray(0, this.#count),
      before: this.#before.subarray(0, this.#count),
    };
  }
}

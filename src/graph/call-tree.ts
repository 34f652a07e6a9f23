import type { Profile } from '../profile/profile.js';
import { abs64, addends } from './accumulator.js';
import type { GraphSource } from './build.js';
import { type Edge, type Graph, Node } from './graph.js';
import { removeRedundantEdges } from './redundant-edges.js';

/** A call tree, and where the samples run through it. */
export interface CallTree {
  readonly graph: Graph;
  /** The nodes of sample i, root first. */
  readonly pathOf: (sample: number) => Node[];
}

/**
 * A graph in which a function is a node of its own for every path of calls that leads to it:
 *
 *     // samples (root first)      nodes
 *     // a b 1                     a   a/b   a/c   a/c/b
 *     // a c b 2
 */
export function buildCallTree({ profile, table, values, dropNegative }: GraphSource): CallTree {
  const { samples } = profile;
  const tree = new TreeBuilder(table);
  const value = addends(values.values);
  const divisor = addends(values.divisors ?? new Float64Array(samples.count));
  for (let i = 0; i < samples.count; i++) {
    const [w, d] = [BigInt(value[i]!), BigInt(divisor[i]!)];
    if (w !== 0n || d !== 0n) tree.add(framesOf(profile, table, i), w, d);
  }
  const nodes = tree.nodes.filter(({ flat, cum }) => {
    if (flat === 0n && cum === 0n) return false;
    return !(dropNegative && (flat < 0n || (flat === 0n && cum < 0n)));
  });
  return { graph: { nodes }, pathOf: (i) => tree.path(framesOf(profile, table, i)) };
}

interface Frame {
  /** Number in the node table. */
  readonly id: number;
  readonly inline: boolean;
}

/** The frames of sample i, root first. */
function framesOf({ samples }: Profile, { start, nodes }: GraphSource['table'], i: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = samples.start[i + 1]! - 1; at >= samples.start[i]!; at--) {
    const location = samples.stack[at]!;
    const outermost = start[location + 1]! - 1;
    for (let n = outermost; n >= start[location]!; n--)
      frames.push({ id: nodes[n]!, inline: n !== outermost });
  }
  return frames;
}

type MutableEdge = { -readonly [K in keyof Edge]: Edge[K] };

class TreeBuilder {
  readonly nodes: Node[] = [];
  readonly #table: GraphSource['table'];
  /** Children by their number in the table, of the root and of each node. */
  readonly #roots = new Map<number, Node>();
  readonly #children = new Map<Node, Map<number, Node>>();
  readonly #numbers = new Map<Node, number>();

  constructor(table: GraphSource['table']) {
    this.#table = table;
  }

  add(frames: readonly Frame[], value: bigint, divisor: bigint): void {
    let caller: Node | undefined;
    for (const { id, inline } of frames) {
      const node = this.#child(caller, id);
      node.sums.cum = BigInt.asIntN(64, node.sums.cum + value);
      node.sums.cumDivisor = BigInt.asIntN(64, node.sums.cumDivisor + divisor);
      if (caller !== undefined) addCall(caller, node, { value, divisor, inline });
      caller = node;
    }
    if (caller === undefined) return;
    caller.sums.flat = BigInt.asIntN(64, caller.sums.flat + value);
    caller.sums.flatDivisor = BigInt.asIntN(64, caller.sums.flatDivisor + divisor);
  }

  /** The nodes of frames that have been added. */
  path(frames: readonly Frame[]): Node[] {
    const path: Node[] = [];
    for (const { id } of frames) path.push(this.#child(path.at(-1), id));
    return path;
  }

  #child(caller: Node | undefined, id: number): Node {
    const siblings = this.#siblings(caller);
    const known = siblings.get(id);
    if (known !== undefined) return known;
    const func = `${caller === undefined ? '' : this.#numbers.get(caller)} ${this.#table.funcOf[id]!}`;
    const sums = { flat: 0n, cum: 0n, flatDivisor: 0n, cumDivisor: 0n };
    const node = new Node({ id, info: this.#table.infos[id]!, func, sums });
    siblings.set(id, node);
    this.#numbers.set(node, this.nodes.push(node));
    return node;
  }

  #siblings(caller: Node | undefined): Map<number, Node> {
    if (caller === undefined) return this.#roots;
    const known = this.#children.get(caller);
    if (known !== undefined) return known;
    const made = new Map<number, Node>();
    this.#children.set(caller, made);
    return made;
  }
}

function addCall(src: Node, dest: Node, call: { value: bigint; divisor: bigint; inline: boolean }): void {
  const known: MutableEdge | undefined = src.out.get(dest);
  if (known !== undefined) {
    known.weight = BigInt.asIntN(64, known.weight + call.value);
    known.weightDivisor = BigInt.asIntN(64, known.weightDivisor + call.divisor);
    known.inline &&= call.inline;
    return;
  }
  const edge = {
    ...{ src, dest, residual: false, inline: call.inline },
    ...{ weight: call.value, weightDivisor: call.divisor },
  };
  src.out.set(dest, edge);
  dest.in.set(src, edge);
}

/** Takes all other nodes out of a call tree; what a removed node called is then called by its caller. */
export function trimTreeInPlace(graph: Graph, kept: ReadonlySet<Node>): void {
  for (const node of graph.nodes) if (!kept.has(node)) removeFromTree(node);
  graph.nodes = graph.nodes.filter((node) => kept.has(node));
  removeRedundantEdges(graph);
}

function removeFromTree(node: Node): void {
  const [up] = node.in.values();
  if (up === undefined) {
    for (const { dest } of node.out.values()) dest.in.delete(node);
    return;
  }
  const caller = up.src;
  caller.out.delete(node);
  for (const edge of node.out.values()) {
    edge.dest.in.delete(node);
    edge.dest.in.set(caller, edge);
    caller.out.set(edge.dest, edge);
    edge.src = caller;
    edge.residual = true;
    edge.inline &&= up.inline;
  }
}

/** The nodes whose cum is at least the cutoff. */
export function heavyNodes(graph: Graph, cutoff: bigint): Node[] {
  return graph.nodes.filter(({ cum }) => abs64(cum) >= cutoff);
}

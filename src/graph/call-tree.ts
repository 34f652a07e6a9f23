import { type Accumulator, abs64, accumulatorFor, addends, sumAt } from './accumulator.js';
import type { GraphSource } from './build.js';
import { EdgeTable } from './edge-table.js';
import { type Graph, Node } from './graph.js';
import { removeRedundantEdges } from './redundant-edges.js';

/**
 * A graph in which a function is a node of its own for every path of calls that leads to it, in columns: a large profile
 * has millions of them, of which a report shows a few.
 *
 *     // samples (root first)      nodes
 *     // a b 1                     a   a/b   a/c   a/c/b
 *     // a c b 2
 */
export interface CallTree {
  /** The calls, each to the node of its own number, so that a call's weight is the cum of that node; callers come first. */
  readonly calls: EdgeTable;
  readonly flat: Accumulator;
  readonly flatDivisor: Accumulator;
  /** The node that sample i ends in; -1 where it has no value or no frame. */
  readonly leaf: Int32Array;
}

/** The call tree of all samples that have a value. */
export function buildCallTree({ profile, table, values }: GraphSource): CallTree {
  const { samples } = profile;
  const calls = new EdgeTable(values);
  const leaf = new Int32Array(samples.count).fill(-1);
  const value = addends(values.values);
  const divisors = values.divisors ?? new Float64Array(samples.count);
  const divisor = addends(divisors);
  const { start, nodes } = table;
  for (let i = 0; i < samples.count; i++) {
    const w = value[i]!;
    const d = divisor[i]!;
    if (!w && !d) continue;
    let caller = -1;
    for (let at = samples.start[i + 1]! - 1; at >= samples.start[i]!; at--) {
      const location = samples.stack[at]!;
      const outermost = start[location + 1]! - 1;
      for (let n = outermost; n >= start[location]!; n--) {
        const node = calls.getOrInsert(caller, nodes[n]!);
        calls.weight[node]! += w;
        if (d) calls.weightDivisor[node]! += d;
        if (n === outermost) calls.inline[node] = 0;
        caller = node;
      }
    }
    leaf[i] = caller;
  }
  const sumsOf = (column: typeof values.values): Accumulator => {
    const sums = accumulatorFor(column, calls.count);
    const added = addends(column);
    for (let i = 0; i < samples.count; i++) if (leaf[i] !== -1) sums[leaf[i]!]! += added[i]!;
    return sums;
  };
  return { calls, leaf, flat: sumsOf(values.values), flatDivisor: sumsOf(divisors) };
}

/** The numbers of the nodes that a report can show: those with any value. */
export function visibleTreeNodes({ calls, flat }: CallTree, dropNegative: boolean): Uint32Array {
  const ids = new Uint32Array(calls.count);
  let length = 0;
  for (let node = 0; node < calls.count; node++) {
    const [own, cum] = [flat[node]!, calls.weight[node]!];
    if (!own && !cum) continue;
    if (dropNegative && (own < 0 || (!own && cum < 0))) continue;
    ids[length++] = node;
  }
  return ids.subarray(0, length);
}

/** What each of the nodes spent itself. */
export function* treeFlats({ flat }: CallTree, nodes: Uint32Array): Generator<bigint> {
  for (const node of nodes) yield sumAt(flat, node);
}

/** Those of the nodes whose cum is at least the cutoff. */
export function heavyTreeNodes({ calls }: CallTree, nodes: Uint32Array, cutoff: bigint): Uint32Array {
  return nodes.filter((node) => abs64(sumAt(calls.weight, node)) >= cutoff);
}

/** So many of the nodes, those with the largest cum, in their order; callers come before what they call. */
export function heaviestTreeNodes({ calls }: CallTree, nodes: Uint32Array, count: number): Uint32Array {
  if (nodes.length <= count) return nodes;
  const weightOf = (node: number): number => Math.abs(Number(calls.weight[node]!));
  const least = Float64Array.from(nodes, weightOf).sort()[nodes.length - count]!;
  let ties = count - nodes.reduce((heavier, node) => heavier + (weightOf(node) > least ? 1 : 0), 0);
  return nodes.filter((node) => weightOf(node) > least || (weightOf(node) === least && ties-- > 0));
}

/** A call tree of which only some nodes are left. */
export interface CutTree {
  readonly graph: Graph;
  /** The nodes left that sample i runs through, and the one that it ends in, where that is left. */
  readonly nodesOf: (sample: number) => { nodes: readonly Node[]; leaf: Node | undefined };
}

/**
 * Makes the graph of the nodes that are kept. What a removed node called is then called by its caller.
 *
 * @param visible - the nodes that are removed unless they are kept; what balances out to nothing stays, as in other
 *     graphs, as the end of an edge
 */
export function cutCallTree(
  source: GraphSource,
  tree: CallTree,
  { visible, kept }: { readonly visible: Uint32Array; readonly kept: Uint32Array },
): CutTree {
  const ends = new TreeCutter(source, tree, { visible, kept });
  return { graph: ends.graph(kept), nodesOf: (sample) => ends.nodesOf(sample) };
}

/** What becomes of a node; 0 for one that balances out to nothing. */
const [removed, shown] = [1, 2];

class TreeCutter {
  readonly #source: GraphSource;
  readonly #tree: CallTree;
  readonly #state: Uint8Array;
  /** The next caller that is not removed; -1 for none. */
  readonly #caller: Int32Array;
  /** Whether all calls on the way from there were inlined. */
  readonly #inline: Uint8Array;
  readonly #made = new Map<number, Node>();

  constructor(
    source: GraphSource,
    tree: CallTree,
    { visible, kept }: { readonly visible: Uint32Array; readonly kept: Uint32Array },
  ) {
    const { calls } = tree;
    this.#source = source;
    this.#tree = tree;
    this.#state = new Uint8Array(calls.count);
    for (const node of visible) this.#state[node] = removed;
    for (const node of kept) this.#state[node] = shown;
    this.#caller = calls.src.slice(0, calls.count);
    this.#inline = calls.inline.slice(0, calls.count);
    for (let node = 0; node < calls.count; node++) {
      const caller = this.#caller[node]!;
      if (caller === -1 || this.#state[caller] !== removed) continue;
      this.#caller[node] = this.#caller[caller]!;
      this.#inline[node]! &= this.#inline[caller]!;
    }
  }

  graph(kept: Uint32Array): Graph {
    const nodes = Array.from(kept, (node) => this.#nodeOf(node));
    for (let node = 0; node < this.#state.length; node++) {
      const caller = this.#caller[node]!;
      if (caller === -1 || this.#state[node] === removed) continue;
      if (this.#state[node] === shown || this.#state[caller] === shown) this.#link(caller, node);
    }
    return { nodes };
  }

  nodesOf(sample: number): { nodes: readonly Node[]; leaf: Node | undefined } {
    const end = this.#tree.leaf[sample]!;
    const nodes: Node[] = [];
    for (let node = end; node !== -1; node = this.#caller[node]!)
      if (this.#state[node] === shown) nodes.push(this.#nodeOf(node));
    return { nodes, leaf: end !== -1 && this.#state[end] === shown ? nodes[0] : undefined };
  }

  #link(caller: number, node: number): void {
    const { calls } = this.#tree;
    const [src, dest] = [this.#nodeOf(caller), this.#nodeOf(node)];
    const edge = {
      ...{ src, dest, residual: calls.src[node] !== caller, inline: this.#inline[node] === 1 },
      weight: sumAt(calls.weight, node),
      weightDivisor: sumAt(calls.weightDivisor, node),
    };
    src.out.set(dest, edge);
    dest.in.set(src, edge);
  }

  #nodeOf(node: number): Node {
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const { calls, flat, flatDivisor } = this.#tree;
    const { infos, funcOf } = this.#source.table;
    const id = calls.dest[node]!;
    const made = new Node({
      ...{ id, info: infos[id]!, func: `${calls.src[node]} ${funcOf[id]}` },
      sums: {
        flat: sumAt(flat, node),
        cum: sumAt(calls.weight, node),
        flatDivisor: sumAt(flatDivisor, node),
        cumDivisor: sumAt(calls.weightDivisor, node),
      },
    });
    this.#made.set(node, made);
    return made;
  }
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

import { abs64, sumAt, toInt64 } from './accumulator.js';
import { buildGraph, type GraphSource, visibleNodes } from './build.js';
import { type Graph, type Node, sum64 } from './graph.js';
import { infoKey, type NodeInfo } from './node-info.js';
import { type NodeOrder, sortNodes } from './order.js';

/** How much of a graph a report is to show. */
export interface TrimOptions {
  /** Most nodes; 0 or less for all. */
  readonly nodeCount: number;
  /** Least cum of a node, as a share of what all nodes spent themselves. */
  readonly nodeFraction: number;
  /** Least weight of an edge, as such a share. */
  readonly edgeFraction: number;
  readonly order: NodeOrder;
  /** Whether edges are wanted. */
  readonly edges: boolean;
}

/** A graph cut down to what matters, in order. */
export interface TrimmedGraph {
  readonly nodes: readonly Node[];
  /** How many nodes were heavy enough, before `nodeCount` was applied. */
  readonly heavyCount: number;
  readonly droppedNodes: number;
  /** Told by pictures only. */
  readonly droppedEdges: number;
  /** What was not looked at, because there is too much of it. */
  readonly remarks: readonly string[];
}

/**
 * The graph of a report as text: light nodes dropped, then all but the first `nodeCount`, then light
 * edges.
 */
export function trimmedGraph(source: GraphSource, options: TrimOptions): TrimmedGraph {
  if (source.trimmedAgain?.() === undefined) return trimmedAtOnce(source, options);
  return { ...trimmedInSteps(source, options, text), droppedEdges: 0, remarks: [] };
}

/** Least weights. */
export interface Cutoffs {
  readonly node: bigint;
  readonly edge: bigint;
}

/** The weights that fractions of the total come to. */
export function cutoffs(total: bigint, { nodeFraction, edgeFraction }: TrimOptions): Cutoffs {
  const share = (fraction: number): bigint => abs64(toInt64(Number(total) * fraction));
  return { node: share(nodeFraction), edge: share(edgeFraction) };
}

/** All nodes with a value, and those of them that are heavy enough. */
function weighNodes(
  source: GraphSource,
  options: TrimOptions,
): { all: number[]; heavy: number[]; cut: Cutoffs } {
  const { flat, cum } = source.sums;
  const all = visibleNodes(source);
  const cut = cutoffs(sum64(all.map((id) => sumAt(flat, id))), options);
  const heavy = cut.node > 0n ? all.filter((id) => abs64(sumAt(cum, id)) >= cut.node) : all;
  return { all, heavy, cut };
}

/** Of a text the order depends on nodes alone: edges are made once, for the nodes that are shown. */
function trimmedAtOnce(source: GraphSource, options: TrimOptions): TrimmedGraph {
  const { all, heavy, cut } = weighNodes(source, options);
  const everything = heavy.length === all.length;
  let kept = everything ? undefined : maskOf(source, heavy);
  let nodes = sortNodes(buildGraph(source, { kept, edges: false }).nodes, options.order);
  if (options.nodeCount > 0 && options.nodeCount < nodes.length) {
    nodes = nodes.slice(0, options.nodeCount);
    kept = maskOf(
      source,
      nodes.map(({ id }) => id),
    );
  }
  const counts = {
    heavyCount: heavy.length,
    droppedNodes: all.length - heavy.length,
    droppedEdges: 0,
    remarks: [],
  };
  if (!options.edges) return { nodes, ...counts };
  const graph = buildGraph(source, { kept, edges: true });
  trimEdgesInPlace(graph, cut.edge);
  return { nodes: sortNodes(graph.nodes, options.order), ...counts };
}

/** What differs between texts and pictures. */
export interface TrimSteps {
  /** Adds what a graph shows besides nodes and edges. */
  decorate(source: GraphSource, graph: Graph, kept: Uint8Array | undefined): void;
  /** Takes out what weighs less than a node must. */
  trimDecoration(graph: Graph, cutoff: bigint): void;
  /** The nodes that `nodeCount` leaves. */
  top(graph: Graph, nodeCount: number): readonly Node[];
  /** The last touch. */
  finish(graph: Graph): void;
}

const text: TrimSteps = {
  decorate: () => {},
  trimDecoration: () => {},
  top: ({ nodes }, nodeCount) => nodes.slice(0, nodeCount),
  finish: () => {},
};

/** The graph made anew in each step: of a picture the order depends on edges. */
export function trimmedInSteps(first: GraphSource, options: TrimOptions, steps: TrimSteps): TrimmedGraph {
  const { all, heavy, cut } = weighNodes(first, options);
  let source = first;
  const build = (kept: Uint8Array | undefined): Graph => {
    const graph = buildGraph(source, { kept, edges: true });
    steps.decorate(source, graph, kept);
    graph.nodes = sortNodes(graph.nodes, options.order);
    return graph;
  };
  const rebuild = (ids: readonly number[]): Graph => {
    const again = source.trimmedAgain?.();
    if (again === undefined) return build(maskOf(source, ids));
    const infos = ids.map((id) => source.table.infos[id]!);
    source = again;
    return build(maskOfInfos(source, infos));
  };
  let graph = heavy.length === all.length ? build(undefined) : rebuild(heavy);
  const counts = { heavyCount: graph.nodes.length, droppedNodes: all.length - heavy.length };
  if (options.nodeCount > 0) {
    steps.trimDecoration(graph, cut.node);
    trimEdgesInPlace(graph, cut.edge);
    const top = steps.top(graph, options.nodeCount);
    if (top.length !== graph.nodes.length) graph = rebuild(top.map(({ id }) => id));
  }
  return finishGraph(graph, { cut, counts, steps });
}

/** The last step: what is light goes. */
export function finishGraph(
  graph: Graph,
  {
    cut,
    counts,
    steps,
  }: {
    cut: Cutoffs;
    counts: { readonly heavyCount: number; readonly droppedNodes: number };
    steps: TrimSteps;
  },
): TrimmedGraph {
  steps.trimDecoration(graph, cut.node);
  const droppedEdges = trimEdgesInPlace(graph, cut.edge);
  steps.finish(graph);
  return { nodes: graph.nodes, ...counts, droppedEdges, remarks: [] };
}

/** 1 for each node that is like one of these. */
function maskOfInfos({ table }: GraphSource, infos: readonly NodeInfo[]): Uint8Array {
  const wanted = new Set(infos.map(infoKey));
  return Uint8Array.from(table.infos, (info) => (wanted.has(infoKey(info)) ? 1 : 0));
}

/** 1 for each of these nodes. */
function maskOf({ table }: GraphSource, ids: readonly number[]): Uint8Array {
  const mask = new Uint8Array(table.infos.length);
  for (const id of ids) mask[id] = 1;
  return mask;
}

/** Takes edges out of a graph that weigh less than the cutoff, and returns how many. */
export function trimEdgesInPlace(graph: Graph, cutoff: bigint): number {
  let dropped = 0;
  for (const node of graph.nodes) {
    for (const [src, edge] of node.in) {
      if (abs64(edge.weight) >= cutoff) continue;
      node.in.delete(src);
      src.out.delete(node);
      dropped++;
    }
  }
  return dropped;
}

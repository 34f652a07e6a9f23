import { abs64, addends, sumAt, toInt64 } from './accumulator.js';
import { buildGraph, type GraphSource, visibleNodes } from './build.js';
import { buildCallTree, heavyNodes, trimTreeInPlace } from './call-tree.js';
import { type Graph, type Node, sum64 } from './graph.js';
import { infoKey, type NodeInfo } from './node-info.js';
import { type NodeOrder, sortNodes } from './order.js';
import { removeRedundantEdges } from './redundant-edges.js';
import { type TagFormat, tagNodes, trimTagsInPlace } from './tags.js';

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
  /** A node per path of calls instead of one per function. */
  readonly callTree: boolean;
  /** Labels as nodes of a picture; undefined for none. */
  readonly tags: TagFormat | undefined;
}

/** A graph cut down to what matters, in order. */
export interface TrimmedGraph {
  readonly nodes: readonly Node[];
  /** How many nodes were heavy enough, before `nodeCount` was applied. */
  readonly heavyCount: number;
  readonly droppedNodes: number;
  readonly droppedEdges: number;
}

/** Most labels that a picture shows at a node. */
export const maxTagsPerNode = 4;

/** The graph of a report: light nodes dropped, then all but the first `nodeCount`, then light edges. */
export function trimmedGraph(source: GraphSource, options: TrimOptions): TrimmedGraph {
  if (options.callTree) return trimmedTree(source, options);
  const isText = options.order !== 'entropy' && source.trimmedAgain?.() === undefined;
  return isText ? trimmedText(source, options) : trimmedInSteps(source, options);
}

interface Cutoffs {
  readonly node: bigint;
  readonly edge: bigint;
}

function cutoffs(total: bigint, { nodeFraction, edgeFraction }: TrimOptions): Cutoffs {
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
function trimmedText(source: GraphSource, options: TrimOptions): TrimmedGraph {
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
  const counts = { heavyCount: heavy.length, droppedNodes: all.length - heavy.length, droppedEdges: 0 };
  if (!options.edges) return { nodes, ...counts };
  const graph = buildGraph(source, { kept, edges: true });
  trimEdgesInPlace(graph, cut.edge);
  return { nodes: sortNodes(graph.nodes, options.order), ...counts };
}

/** Of a picture the order depends on edges, and labels count as nodes: the graph is made in each step. */
function trimmedInSteps(first: GraphSource, options: TrimOptions): TrimmedGraph {
  const { all, heavy, cut } = weighNodes(first, options);
  const isPicture = options.order === 'entropy';
  let source = first;
  const build = (kept: Uint8Array | undefined): Graph => {
    const graph = buildGraph(source, { kept, edges: true });
    if (options.tags !== undefined) tagGraph(source, graph, { format: options.tags, kept });
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
  const heavyCount = graph.nodes.length;
  if (options.nodeCount > 0) {
    trimTagsInPlace(graph, cut.node);
    trimEdgesInPlace(graph, cut.edge);
    const top = isPicture ? topOfPicture(graph, options.nodeCount) : graph.nodes.slice(0, options.nodeCount);
    if (top.length !== graph.nodes.length) graph = rebuild(top.map(({ id }) => id));
  }
  const counts = { heavyCount, droppedNodes: all.length - heavy.length, keepsRedundant: !isPicture };
  return finishPicture(graph, cut, counts);
}

/** 1 for each node that is like one of these. */
function maskOfInfos({ table }: GraphSource, infos: readonly NodeInfo[]): Uint8Array {
  const wanted = new Set(infos.map(infoKey));
  return Uint8Array.from(table.infos, (info) => (wanted.has(infoKey(info)) ? 1 : 0));
}

function trimmedTree(source: GraphSource, options: TrimOptions): TrimmedGraph {
  const { graph, pathOf } = buildCallTree(source);
  if (options.tags !== undefined) tagTree(source, pathOf, options.tags);
  const all = graph.nodes.length;
  const cut = cutoffs(sum64(graph.nodes.map(({ flat }) => flat)), options);
  const heavy = heavyNodes(graph, cut.node);
  if (cut.node > 0n && heavy.length !== all) trimTreeInPlace(graph, new Set(heavy));
  const counts = { heavyCount: graph.nodes.length, droppedNodes: all - graph.nodes.length };
  graph.nodes = sortNodes(graph.nodes, options.order);
  if (options.nodeCount > 0) {
    trimTagsInPlace(graph, cut.node);
    trimEdgesInPlace(graph, cut.edge);
    const isPicture = options.order === 'entropy';
    const top = isPicture ? topOfPicture(graph, options.nodeCount) : graph.nodes.slice(0, options.nodeCount);
    if (top.length !== graph.nodes.length) {
      trimTreeInPlace(graph, new Set(top));
      graph.nodes = sortNodes(graph.nodes, options.order);
    }
  }
  return finishPicture(graph, cut, { ...counts, keepsRedundant: options.order !== 'entropy' });
}

function finishPicture(
  graph: Graph,
  cut: Cutoffs,
  {
    heavyCount,
    droppedNodes,
    keepsRedundant = false,
  }: {
    heavyCount: number;
    droppedNodes: number;
    keepsRedundant?: boolean;
  },
): TrimmedGraph {
  trimTagsInPlace(graph, cut.node);
  const droppedEdges = trimEdgesInPlace(graph, cut.edge);
  if (!keepsRedundant) removeRedundantEdges(graph);
  return { nodes: graph.nodes, heavyCount, droppedNodes, droppedEdges };
}

/** 1 for each of these nodes. */
function maskOf({ table }: GraphSource, ids: readonly number[]): Uint8Array {
  const mask = new Uint8Array(table.infos.length);
  for (const id of ids) mask[id] = 1;
  return mask;
}

/** Takes edges out of a graph that weigh less than the cutoff, and returns how many. */
function trimEdgesInPlace(graph: Graph, cutoff: bigint): number {
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

/** The first nodes of a picture; the labels that hang on a node count as nodes. */
function topOfPicture({ nodes }: Graph, nodeCount: number): readonly Node[] {
  let count = 0;
  for (const [i, node] of nodes.entries()) {
    count += Math.min(countTags(node), maxTagsPerNode) + 1;
    if (count >= nodeCount) return nodes.slice(0, i + 1);
  }
  return nodes.slice(0, nodeCount);
}

function countTags({ labelTags, numericTags }: Node): number {
  const all = [labelTags, ...numericTags.values()].flatMap((tags) => [...tags.values()]);
  return all.filter(({ flat }) => flat !== 0n).length;
}

function tagGraph(
  source: GraphSource,
  graph: Graph,
  { format, kept }: { format: TagFormat; kept: Uint8Array | undefined },
): void {
  const { profile, table } = source;
  const { samples } = profile;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nodesOf = (i: number): { nodes: Iterable<Node>; leaf: Node | undefined } => {
    const seen = new Set<Node>();
    for (let at = samples.start[i]!; at < samples.start[i + 1]!; at++) {
      const location = samples.stack[at]!;
      for (let n = table.start[location]!; n < table.start[location + 1]!; n++) {
        const node = byId.get(table.nodes[n]!);
        if (node !== undefined) seen.add(node);
      }
    }
    const [from, end] = [samples.start[i]!, samples.start[i + 1]!];
    const leaf = from === end ? -1 : table.nodes[table.start[samples.stack[from]!]!]!;
    return { nodes: seen, leaf: kept === undefined || kept[leaf] === 1 ? byId.get(leaf) : undefined };
  };
  tagNodes(profile, nodesOf, { format, weightOf: weightOf(source) });
}

function tagTree(source: GraphSource, pathOf: (i: number) => Node[], format: TagFormat): void {
  const nodesOf = (i: number): { nodes: Iterable<Node>; leaf: Node | undefined } => {
    const path = pathOf(i);
    return { nodes: path, leaf: path.at(-1) };
  };
  tagNodes(source.profile, nodesOf, { format, weightOf: weightOf(source) });
}

function weightOf({ values }: GraphSource): (i: number) => { value: bigint; divisor: bigint } {
  const value = addends(values.values);
  const divisor = values.divisors && addends(values.divisors);
  return (i) => ({ value: BigInt(value[i]!), divisor: BigInt(divisor?.[i] ?? 0) });
}

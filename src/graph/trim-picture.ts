import { addends } from './accumulator.js';
import type { GraphSource } from './build.js';
import {
  buildCallTree,
  cutCallTree,
  heaviestTreeNodes,
  heavyTreeNodes,
  treeFlats,
  trimTreeInPlace,
  visibleTreeNodes,
} from './call-tree.js';
import { type Graph, type Node, sum64 } from './graph.js';
import { sortNodes } from './order.js';
import { removeRedundantEdges } from './redundant-edges.js';
import { type TagFormat, tagNodes, trimTagsInPlace } from './tags.js';
import {
  cutoffs,
  finishGraph,
  type TrimmedGraph,
  type TrimOptions,
  type TrimSteps,
  trimEdgesInPlace,
  trimmedInSteps,
} from './trim.js';

/** Most labels that a picture shows at a node. */
export const maxTagsPerNode = 4;

/** The graph of a report as a picture: labels hang on nodes and count as nodes. */
export function trimmedPicture(source: GraphSource, options: TrimOptions, tags: TagFormat): TrimmedGraph {
  const decorate: TrimSteps['decorate'] = (own, graph, kept) => tagGraph(own, graph, { format: tags, kept });
  return trimmedInSteps(source, options, { ...picture, decorate });
}

const picture: TrimSteps = {
  decorate: () => {},
  trimDecoration: trimTagsInPlace,
  top: topOfPicture,
  finish: removeRedundantEdges,
};

const listing: TrimSteps = {
  decorate: () => {},
  trimDecoration: () => {},
  top: ({ nodes }, nodeCount) => nodes.slice(0, nodeCount),
  finish: () => {},
};

/** Most nodes of a call tree that are looked at one by one: each takes about a kilobyte. */
const maxTreeNodes = 100_000;

/**
 * The call tree of a report, cut down like a graph.
 *
 * @param tags - labels to hang on the nodes of a picture; undefined for a text
 */
export function trimmedTree(
  source: GraphSource,
  options: TrimOptions,
  tags: TagFormat | undefined,
): TrimmedGraph {
  const steps = tags === undefined ? listing : picture;
  const tree = buildCallTree(source);
  const visible = visibleTreeNodes(tree, source.dropNegative);
  const cut = cutoffs(sum64(treeFlats(tree, visible)), options);
  const heavy = cut.node > 0n ? heavyTreeNodes(tree, visible, cut.node) : visible;
  const kept = heaviestTreeNodes(tree, heavy, maxTreeNodes);
  const { graph, nodesOf } = cutCallTree(source, tree, { visible, kept });
  if (tags !== undefined) tagNodes(source.profile, nodesOf, { format: tags, weightOf: weightOf(source) });
  const counts = { heavyCount: heavy.length, droppedNodes: visible.length - heavy.length };
  graph.nodes = sortNodes(graph.nodes, options.order);
  if (options.nodeCount > 0) {
    steps.trimDecoration(graph, cut.node);
    trimEdgesInPlace(graph, cut.edge);
    const top = steps.top(graph, options.nodeCount);
    if (top.length !== graph.nodes.length) {
      trimTreeInPlace(graph, new Set(top));
      graph.nodes = sortNodes(graph.nodes, options.order);
    }
  }
  return { ...finishGraph(graph, { cut, counts, steps }), remarks: remarksOn(heavy.length) };
}

function remarksOn(heavyCount: number): string[] {
  if (heavyCount <= maxTreeNodes) return [];
  return [
    `The call tree has ${heavyCount} nodes: only the ${maxTreeNodes} with the largest cum are looked at`,
  ];
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

function weightOf({ values }: GraphSource): (i: number) => { value: bigint; divisor: bigint } {
  const value = addends(values.values);
  const divisor = values.divisors && addends(values.divisors);
  return (i) => ({ value: BigInt(value[i]!), divisor: BigInt(divisor?.[i] ?? 0) });
}

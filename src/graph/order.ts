import { compareBytes } from '../text/order.js';
import { abs64, toInt64 } from './accumulator.js';
import type { Edge, Node } from './graph.js';
import { log2 } from './log2.js';
import { compareInfo } from './node-info.js';

/** How the nodes of a report are ordered; `entropy` puts first what a picture cannot do without. */
export type NodeOrder = 'flat' | 'cum' | 'entropy';

/** The nodes of a report in order: heaviest first, then by name. */
export function sortNodes(nodes: readonly Node[], order: NodeOrder): Node[] {
  const scores = new Map(nodes.map((node) => [node, abs64(scoreOf(node, order))]));
  // The other sum decides between nodes of one score and name.
  const other = order === 'flat' ? cumOf : flatOf;
  return [...nodes].sort(
    (a, b) =>
      descending(scores.get(a) ?? 0n, scores.get(b) ?? 0n) ||
      compareNames(a, b) ||
      descending(abs64(other(a)), abs64(other(b))) ||
      compareInfo(a.info, b.info),
  );
}

const flatOf = (node: Node): bigint => node.flat;
const cumOf = (node: Node): bigint => node.cum;

function scoreOf(node: Node, order: NodeOrder): bigint {
  if (order === 'entropy') return entropyScore(node);
  return order === 'cum' ? node.cum : node.flat;
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}

/** Names by bytes; two addresses as numbers, which gives the same order. */
function compareNames(a: Node, b: Node): number {
  if (a.info === b.info) return 0;
  if (a.info.address !== 0n && b.info.address !== 0n && a.info.address !== b.info.address)
    return a.info.address < b.info.address ? -1 : 1;
  return compareBytes(a.name, b.name);
}

/** Edges in order: heaviest first, then by the names of both ends. */
export function sortEdges(edges: Iterable<Edge>): Edge[] {
  return [...edges].sort(
    (a, b) =>
      descending(abs64(a.weight), abs64(b.weight)) ||
      compareBytes(a.src.name, b.src.name) ||
      compareBytes(a.dest.name, b.dest.name),
  );
}

/**
 * How much a picture would lose without a node: its weight, the more so the more evenly its calls
 * are spread (a node that only passes on what one caller asks of one callee says little).
 *
 * @see https://en.wikipedia.org/wiki/Entropy_(information_theory)
 */
function entropyScore(node: Node): bigint {
  const callers = node.in.size === 0 ? 1 : edgeEntropy(node.in.values(), 0n);
  const callees = node.out.size === 0 ? 1 : edgeEntropy(node.out.values(), node.flat);
  return BigInt.asIntN(64, toInt64((callers + callees) * Number(node.cum)) + node.flat);
}

function edgeEntropy(edges: Iterable<Edge>, self: bigint): number {
  // The order of a float sum matters in its last digits; ours is by weight, so that it is always the same.
  const weights = [...edges].map(({ weight }) => weight).sort(descending);
  let total = self;
  // The sum of three edges may be past 2^63 already; pprof's then turns negative, and the score NaN.
  for (const weight of weights) if (weight > 0n) total = BigInt.asIntN(64, total + weight);
  if (total === 0n) return 0;
  let score = 0;
  for (const weight of weights) score -= bits(Number(abs64(weight)) / Number(total));
  return self > 0n ? score - bits(Number(self) / Number(total)) : score;
}

/** A share times its logarithm; NaN for no share and for a negative one, as in pprof. */
function bits(share: number): number {
  return share * log2(share);
}

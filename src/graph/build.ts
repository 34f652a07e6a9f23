import type { Profile } from '../profile/profile.js';
import { addends, sumAt } from './accumulator.js';
import { EdgeTable } from './edge-table.js';
import { type Graph, Node } from './graph.js';
import type { NodeTable } from './node-table.js';
import type { NodeSums, SampleValues } from './sums.js';

/** What a graph is made from; the same for all its stages of trimming. */
export interface GraphSource {
  readonly profile: Profile;
  readonly table: NodeTable;
  readonly values: SampleValues;
  readonly sums: NodeSums;
  /** Leave out nodes that got less in a difference. */
  readonly dropNegative: boolean;
  /**
   * The source with the beginnings of paths taken off once more; undefined where that changes nothing.
   * pprof does so each time it makes a graph anew, and loses nodes whose path is not what it was.
   */
  readonly trimmedAgain?: (() => GraphSource | undefined) | undefined;
}

/** Which part of a graph to make. */
export interface GraphParts {
  /** 1 for nodes to keep; undefined for all. Edges lead over the others. */
  readonly kept?: Uint8Array | undefined;
  /** Whether edges are wanted: they take several times as long as nodes. */
  readonly edges: boolean;
}

/** The numbers of the nodes that a report can show: those with any value. */
export function visibleNodes({ table, sums, dropNegative }: GraphSource): number[] {
  const ids: number[] = [];
  for (let i = 0; i < table.infos.length; i++) {
    const [flat, cum] = [sums.flat[i]!, sums.cum[i]!];
    if (!flat && !cum) continue;
    if (dropNegative && (flat < 0 || (!flat && cum < 0))) continue;
    ids.push(i);
  }
  return ids;
}

/** A graph of the nodes that have any value, in no particular order. */
export function buildGraph(source: GraphSource, { kept, edges }: GraphParts): Graph {
  const nodes = new Map<number, Node>();
  const nodeOf = (id: number): Node => {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const made = makeNode(source, id);
    nodes.set(id, made);
    return made;
  };
  const visible = visibleNodes(source).filter((id) => kept === undefined || kept[id] === 1);
  const shown = visible.map(nodeOf);
  // A node that balances out to nothing is not shown, but edges to it are.
  if (edges) linkNodes(collectEdges(source, kept), nodeOf);
  return { nodes: shown };
}

/** The node of that number, without edges. */
function makeNode({ table, sums }: GraphSource, id: number): Node {
  return new Node({
    id,
    info: table.infos[id]!,
    func: table.funcOf[id]!,
    sums: {
      flat: sumAt(sums.flat, id),
      cum: sumAt(sums.cum, id),
      flatDivisor: sumAt(sums.flatDivisor, id),
      cumDivisor: sumAt(sums.cumDivisor, id),
    },
  });
}

function linkNodes(table: EdgeTable, nodeOf: (id: number) => Node): void {
  for (let i = 0; i < table.count; i++) {
    const [src, dest] = [nodeOf(table.src[i]!), nodeOf(table.dest[i]!)];
    const edge = {
      src,
      dest,
      weight: sumAt(table.weight, i),
      weightDivisor: sumAt(table.weightDivisor, i),
      residual: table.residual[i] === 1,
      inline: table.inline[i] === 1,
    };
    src.out.set(dest, edge);
    dest.in.set(src, edge);
  }
}

/** Adds up the calls between kept nodes; an edge counts once per sample. */
function collectEdges({ profile, table, values }: GraphSource, kept: Uint8Array | undefined): EdgeTable {
  const { samples } = profile;
  const edges = new EdgeTable(values);
  const value = addends(values.values);
  const divisor = addends(values.divisors ?? new Float64Array(samples.count));
  const { start, nodes } = table;
  for (let i = 0; i < samples.count; i++) {
    const w = value[i]!;
    const d = divisor[i]!;
    if (!w && !d) continue;
    let caller = -1;
    let residual = 0;
    for (let at = samples.start[i + 1]! - 1; at >= samples.start[i]!; at--) {
      const location = samples.stack[at]!;
      const outermost = start[location + 1]! - 1;
      for (let n = outermost; n >= start[location]!; n--) {
        const node = nodes[n]!;
        if (kept !== undefined && kept[node] === 0) {
          residual = 1;
          continue;
        }
        if (caller !== -1 && caller !== node) {
          const edge = edges.getOrInsert(caller, node);
          if (edges.lastSeen[edge] !== i + 1) {
            edges.lastSeen[edge] = i + 1;
            edges.weight[edge]! += w;
            if (d) edges.weightDivisor[edge]! += d;
            edges.residual[edge]! |= residual;
            if (n === outermost) edges.inline[edge] = 0;
          }
        }
        caller = node;
        residual = 0;
      }
    }
  }
  return edges;
}

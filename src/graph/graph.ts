import { type NodeInfo, printableName } from './node-info.js';

/** An entry of a report: a function, a line, a file, as the granularity has it. */
export class Node {
  /** Number in the node table; several nodes of a call tree share one. */
  readonly id: number;
  readonly info: NodeInfo;
  /** Nodes with the same one belong to one function. */
  readonly func: number | string;
  /** Complete once the graph is built. */
  readonly sums: Sums;
  /** Edges from callers and to callees, by the other end. */
  readonly in: Map<Node, Edge> = new Map();
  readonly out: Map<Node, Edge> = new Map();
  /** Text labels of the samples that pass through, by their printed form. */
  labelTags: Map<string, Tag> = new Map();
  /** Numeric labels, by the printed text labels that come with them, then by their own printed form. */
  numericTags: Map<string, Map<string, Tag>> = new Map();
  #name: string | undefined;

  constructor({ id, info, func, sums }: { id: number; info: NodeInfo; func: number | string; sums: Sums }) {
    this.id = id;
    this.info = info;
    this.func = func;
    this.sums = sums;
  }

  /** The name that reports print. */
  get name(): string {
    return (this.#name ??= printableName(this.info));
  }

  get flat(): bigint {
    return this.sums.flat;
  }

  get cum(): bigint {
    return this.sums.cum;
  }

  /** What was spent in the node itself; the mean where there is a divisor. */
  get flatValue(): bigint {
    return mean(this.sums.flat, this.sums.flatDivisor);
  }

  /** What was spent in the node and all that it calls; the mean where there is a divisor. */
  get cumValue(): bigint {
    return mean(this.sums.cum, this.sums.cumDivisor);
  }
}

/** Sums over the samples of a node. */
export interface Sums {
  flat: bigint;
  cum: bigint;
  flatDivisor: bigint;
  cumDivisor: bigint;
}

/** Calls from one node to another. */
export interface Edge {
  src: Node;
  readonly dest: Node;
  readonly weight: bigint;
  readonly weightDivisor: bigint;
  /** Leads over nodes that were left out. */
  residual: boolean;
  /** All of the calls were inlined. */
  inline: boolean;
}

/** Samples of a node that share a label. */
export interface Tag extends Sums {
  readonly name: string;
  /** Of a numeric label; empty for a text. */
  readonly unit: string;
  readonly value: bigint;
}

/** Nodes, in the order in which a report shows them; their edges may lead to nodes that it does not show. */
export interface Graph {
  nodes: readonly Node[];
}

/** A sum divided, towards zero, by what there is to divide by. */
export function mean(sum: bigint, divisor: bigint): bigint {
  return divisor === 0n ? sum : BigInt.asIntN(64, sum / divisor);
}

/** An edge's weight; the mean where there is a divisor. */
export function weightValue({ weight, weightDivisor }: Edge): bigint {
  return mean(weight, weightDivisor);
}

/** The sum of int64 values, wrapping. */
export function sum64(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return BigInt.asIntN(64, sum);
}

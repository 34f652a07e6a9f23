import { toInt64 } from '../graph/accumulator.js';
import type { Edge, Node } from '../graph/graph.js';
import type { NodeInfo } from '../graph/node-info.js';
import { sortEdges } from '../graph/order.js';
import { trimmedGraph } from '../graph/trim.js';
import { trimmedTree } from '../graph/trim-picture.js';
import { scale } from '../unit/scale.js';
import { graphSource } from './graph-source.js';
import { outputUnit } from './output-unit.js';
import type { Report } from './report.js';

/** The whole call graph of a report, for callgrind. */
export interface CallgrindGraph {
  readonly nodes: readonly Node[];
  readonly unit: string;
  readonly labels: readonly string[];
  /** Why nodes are missing: a call tree can have more than can be looked at. */
  readonly remarks: readonly string[];
}

/** The nodes that callgrind is to show: all of them. */
export function callgrindGraph(report: Report): CallgrindGraph {
  const { options } = report;
  const source = graphSource(report, true);
  const whole = { nodeCount: 0, nodeFraction: 0, edgeFraction: 0, order: options.sort, edges: true };
  const { nodes, remarks } = options.callTree
    ? trimmedTree(source, whole, undefined)
    : trimmedGraph(source, whole);
  return { nodes, unit: outputUnit(report, nodes, { integers: true }), labels: [], remarks };
}

/** The call graph in callgrind's format. @see https://valgrind.org/docs/manual/cl-format.html */
export function formatCallgrind({ nodes, unit }: CallgrindGraph, { options, sampleType }: Report): string {
  const type = options.mean ? `mean_${sampleType.type}` : sampleType.type;
  const writer = new CallgrindWriter(namesOf(nodes), (value) =>
    toInt64(scale(Number(value), sampleType.unit, unit).value),
  );
  for (const node of nodes) writer.node(node);
  return `${['positions: instr line', `events: ${type}(${unit})`, ...writer.lines].join('\n')}\n`;
}

class CallgrindWriter {
  readonly lines: string[] = [];
  readonly #names: ReadonlyMap<Node, string>;
  readonly #cost: (value: bigint) => bigint;
  readonly #objects = new Map<string, number>();
  readonly #files = new Map<string, number>();
  readonly #functions = new Map<string, number>();
  /** The node written last: what it shares with the next is left out. */
  #last: NodeInfo | undefined;

  constructor(names: ReadonlyMap<Node, string>, cost: (value: bigint) => bigint) {
    this.#names = names;
    this.#cost = cost;
  }

  node({ info, flatValue, out }: Node): void {
    const last = this.#last;
    if (last?.objectFile !== info.objectFile || last.file !== info.file || last.name !== info.name)
      this.lines.push(
        '',
        `ob=${shorten(this.#objects, info.objectFile)}`,
        `fl=${shorten(this.#files, info.file)}`,
        `fn=${shorten(this.#functions, info.name)}`,
      );
    this.lines.push(`${this.#address(info)} ${info.line} ${this.#cost(flatValue)}`);
    for (const edge of sortEdges(out.values())) this.#call(edge);
    this.#last = info;
  }

  #call({ dest, weight }: Edge): void {
    this.lines.push(
      `cfl=${shorten(this.#files, dest.info.file)}`,
      `cfn=${shorten(this.#functions, this.#names.get(dest) ?? '')}`,
      `calls=0 ${this.#address(dest.info)} ${dest.info.line}`,
      `* * ${this.#cost(weight)}`,
    );
  }

  /** Relative to the last node where that is shorter. */
  #address({ address }: NodeInfo): string {
    const absolute = address === 0n ? '0x0' : `0x${address.toString(16)}`;
    if (this.#last === undefined) return absolute;
    if (this.#last.address === address) return '*';
    const difference = BigInt.asIntN(64, address - this.#last.address);
    const relative = `${difference < 0n ? '' : '+'}${difference}`;
    return relative.length < absolute.length ? relative : absolute;
  }
}

/** Names are numbered: `(1) main` the first time, `(1)` from then on. */
function shorten(numbers: Map<string, number>, name: string): string {
  if (name === '') return '';
  const known = numbers.get(name);
  if (known !== undefined) return `(${known})`;
  numbers.set(name, numbers.size + 1);
  return `(${numbers.size}) ${name}`;
}

/** Names that tell apart functions which share name and file: ` [1/2]`, ` [2/2]`. */
function namesOf(nodes: readonly Node[]): Map<Node, string> {
  const funcs = new Map<string, Map<Node['func'], number>>();
  const keyOf = ({ info }: Node): string => `${info.file}\0${info.name}`;
  for (const node of nodes) {
    const own = funcs.get(keyOf(node)) ?? new Map<Node['func'], number>();
    funcs.set(keyOf(node), own);
    if (!own.has(node.func)) own.set(node.func, own.size + 1);
  }
  return new Map(
    nodes.map((node) => {
      const own = funcs.get(keyOf(node));
      const suffix = own !== undefined && own.size > 1 ? ` [${own.get(node.func)}/${own.size}]` : '';
      return [node, node.info.name + suffix];
    }),
  );
}

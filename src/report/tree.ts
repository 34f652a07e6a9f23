import { ProfError } from '../error.js';
import { type Edge, type Node, sum64 } from '../graph/graph.js';
import { sortEdges } from '../graph/order.js';
import { trimmedGraph } from '../graph/trim.js';
import type { Matcher } from '../profile/match.js';
import { percentage } from '../unit/percentage.js';
import { graphSource } from './graph-source.js';
import { reportLabels } from './labels.js';
import { outputUnit } from './output-unit.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** Calls between a function and one of its callers or callees. */
export interface TreeCall {
  readonly name: string;
  readonly weight: bigint;
  /** All of the calls were inlined. */
  readonly inline: boolean;
}

/** A function with its callers and callees, heaviest first. */
export interface TreeEntry {
  readonly name: string;
  readonly flat: bigint;
  /** Running sum of flat. */
  readonly sum: bigint;
  readonly cum: bigint;
  readonly callers: readonly TreeCall[];
  readonly callees: readonly TreeCall[];
}

/** The functions that cost most with their neighbours. */
export interface Tree {
  readonly labels: readonly string[];
  readonly entries: readonly TreeEntry[];
  /** Whether there was anything to choose from. */
  readonly hasNodes: boolean;
  readonly total: bigint;
  readonly unit: string;
  readonly format: FormatValue;
}

/** The call graph of a report. */
export function callTree(report: Report): Tree {
  return treeOf(report, () => true);
}

/**
 * The part of the call graph around the functions whose printed name is meant.
 *
 * @param pattern - what the user asked for, for the error
 * @throws ProfError `no-match` where no function is meant
 */
export function peekTree(report: Report, pattern: string, matches: Matcher): Tree {
  const tree = treeOf(report, matches);
  if (tree.entries.length === 0)
    throw new ProfError('no-match', `no matches found for regexp: ${pattern}`, {
      hint: 'It is matched against names as `prof top` prints them.',
    });
  return tree;
}

function treeOf(report: Report, matches: Matcher): Tree {
  const { options, total } = report;
  const graph = trimmedGraph(graphSource(report, false), { ...options, order: options.sort, edges: true });
  const unit = outputUnit(report, graph.nodes);
  const format = formatterFor(report, unit);
  const shown = {
    ...graph,
    flat: sum64(graph.nodes.map(({ flatValue }) => flatValue)),
    nodeCount: graph.nodes.length,
  };
  return {
    labels: reportLabels(report, shown, format),
    entries: treeEntries(graph.nodes.filter(({ name }) => matches(name))),
    hasNodes: graph.nodes.length > 0,
    ...{ total, unit, format },
  };
}

function treeEntries(nodes: readonly Node[]): TreeEntry[] {
  let sum = 0n;
  return nodes.map((node) => {
    sum = BigInt.asIntN(64, sum + node.flatValue);
    return {
      ...{ name: node.name, flat: node.flatValue, sum, cum: node.cumValue },
      callers: sortEdges(node.in.values()).map((edge) => treeCall(edge, edge.src)),
      callees: sortEdges(node.out.values()).map((edge) => treeCall(edge, edge.dest)),
    };
  });
}

/** Weights are sums even where values are means, as in pprof. */
function treeCall({ weight, inline }: Edge, { name }: Node): TreeCall {
  return { name, weight, inline };
}

const separator = '----------------------------------------------------------+-------------';
const legend = '      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t ';

/** The call graph as text. */
export function formatTree({ labels, entries, hasNodes, total, format }: Tree): string {
  const share = (value: bigint, of: bigint): string => percentage(Number(value), Number(of));
  const lines = entries.flatMap(({ name, flat, sum, cum, callers, callees }) => {
    const call = ({ name: other, weight, inline }: TreeCall): string =>
      `${format(weight).padStart(50)} ${share(weight, cum)} |   ${other}${inline ? ' (inline)' : ''}`;
    const own = [format(flat).padStart(10), share(flat, total), share(sum, total)];
    const all = [format(cum).padStart(10), share(cum, total)];
    const entry = `${[...own, ...all].join(' ')}                | ${name}`;
    return [separator, ...callers.map(call), entry, ...callees.map(call)];
  });
  const end = hasNodes ? [separator] : [];
  return `${[...labels, separator, legend, ...lines, ...end].join('\n')}\n`;
}

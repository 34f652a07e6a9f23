import { type Node, sum64 } from '../graph/graph.js';
import { trimmedGraph } from '../graph/trim.js';
import { percentage } from '../unit/percentage.js';
import { graphSource } from './graph-source.js';
import { reportLabels } from './labels.js';
import { outputUnit } from './output-unit.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** Whether a function's calls were inlined: none of them, some, or all. */
export type Inlined = '' | 'partial-inline' | 'inline';

/** A line of the table. */
export interface TopRow {
  readonly name: string;
  readonly inlined: Inlined;
  /** Spent in the function itself. */
  readonly flat: bigint;
  /** Running sum of flat. */
  readonly sum: bigint;
  /** Spent in the function and all that it calls. */
  readonly cum: bigint;
}

/** The table of a report, its header, and how to print its values. */
export interface TopTable {
  readonly labels: readonly string[];
  readonly rows: readonly TopRow[];
  readonly total: bigint;
  readonly unit: string;
  readonly format: FormatValue;
}

/** The functions that cost most. */
export function topTable(report: Report): TopTable {
  const { options, total } = report;
  const source = graphSource(report, false);
  // Edges only tell which functions were inlined.
  const edges = hasInlining(report);
  const graph = trimmedGraph(source, { ...options, order: options.sort, edges });
  const unit = outputUnit(report, graph.nodes);
  const format = formatterFor(report, unit);
  const rows = topRows(graph.nodes);
  const shown = { ...graph, flat: sum64(rows.map(({ flat }) => flat)), nodeCount: graph.nodes.length };
  return { labels: reportLabels(report, shown, format), rows, total, unit, format };
}

function hasInlining({ profile: { locations } }: Report): boolean {
  for (let i = 0; i < locations.count; i++)
    if ((locations.lineStart[i + 1] ?? 0) - (locations.lineStart[i] ?? 0) > 1) return true;
  return false;
}

function topRows(nodes: readonly Node[]): TopRow[] {
  let sum = 0n;
  return nodes.map((node) => {
    const [flat, cum] = [node.flatValue, node.cumValue];
    sum = BigInt.asIntN(64, sum + flat);
    return { name: node.name, inlined: inlinedOf(node), flat, sum, cum };
  });
}

function inlinedOf(node: Node): Inlined {
  const edges = [...node.in.values()];
  if (!edges.some(({ inline }) => inline)) return '';
  return edges.every(({ inline }) => inline) ? 'inline' : 'partial-inline';
}

/** The table as text. */
export function formatTop({ labels, rows, total, format }: TopTable): string {
  const share = (value: bigint): string => percentage(Number(value), Number(total));
  const lines = rows.map(({ name, inlined, flat, sum, cum }) => {
    const values = [format(flat).padStart(10), share(flat), share(sum), format(cum).padStart(10), share(cum)];
    return `${values.join(' ')}  ${name}${inlined === '' ? '' : ` (${inlined})`}`;
  });
  return `${[...labels, '      flat  flat%   sum%        cum   cum%', ...lines].join('\n')}\n`;
}

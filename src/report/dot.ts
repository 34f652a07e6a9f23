import { abs64 } from '../graph/accumulator.js';
import { dotColor } from '../graph/dot-color.js';
import { type Edge, type Node, sum64, weightValue } from '../graph/graph.js';
import { baseName, nameParts } from '../graph/node-info.js';
import { sortEdges } from '../graph/order.js';
import { shortFunctionName } from '../graph/short-name.js';
import { trimmedPicture, trimmedTree } from '../graph/trim-picture.js';
import { percentage } from '../unit/percentage.js';
import { formatTagBoxes } from './dot-tags.js';
import { escapeDot, quotedDot } from './escape-dot.js';
import { graphSource } from './graph-source.js';
import { profileLabels, shownLabels } from './labels.js';
import { outputUnit } from './output-unit.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** A call graph ready to be drawn. */
export interface Picture {
  readonly title: string;
  readonly labels: readonly string[];
  readonly nodes: readonly Node[];
  readonly total: bigint;
  readonly unit: string;
  readonly format: FormatValue;
  /** What of the graph was not looked at; among the labels as well. */
  readonly remarks: readonly string[];
}

/** The call graph of a report as a picture shows it. */
export function picture(report: Report): Picture {
  const { options, total, profile, labelUnits } = report;
  const source = graphSource(report, false);
  const trim = { ...options, order: 'entropy', edges: true } as const;
  const tags = { units: labelUnits, outputUnit: options.unit };
  const graph = options.callTree ? trimmedTree(source, trim, tags) : trimmedPicture(source, trim, tags);
  const unit = outputUnit(report, graph.nodes);
  const format = formatterFor(report, unit);
  const flat = sum64(graph.nodes.map(({ flatValue }) => flatValue));
  const shown = shownLabels(report, { ...graph, flat, nodeCount: graph.nodes.length }, format);
  const help = '\nSee https://git.io/JfYMW for how to read the graph';
  const file = profile.mappings[0]?.file ?? '';
  return {
    title: file === '' ? '' : baseName(file),
    labels: [...profileLabels(report, format), ...shown, ...graph.remarks, help],
    nodes: graph.nodes,
    ...{ total, unit, format, remarks: graph.remarks },
  };
}

/** A picture in the language of graphviz. @see https://graphviz.org/doc/info/lang.html */
export function formatDot(picture: Picture): string {
  // Everything that a profile names can have quotes in it, units and the program too.
  const title = quotedDot(picture.title);
  const drawn = { ...picture, title, format: (value: bigint) => escapeDot(picture.format(value)) };
  const { nodes } = drawn;
  const head = [
    `digraph "${title === '' ? 'unnamed' : title}" {`,
    'node [style=filled fillcolor="#f8f8f8"]',
    legend(drawn),
  ];
  const ids = new Map(nodes.map((node, i) => [node, i + 1]));
  const maxFlat = Math.max(...nodes.map(({ flatValue }) => Number(abs64(flatValue))));
  const tagged = new Set<Node>();
  const boxes = nodes.map((node, i) => {
    const tags = formatTagBoxes(node, i + 1, drawn.format);
    if (tags !== '') tagged.add(node);
    return `${formatNode(node, { ...drawn, id: i + 1, maxFlat })}\n${tags}`;
  });
  const edges = sortEdges(nodes.flatMap(({ out }) => [...out.values()])).map((edge) => {
    const ends = `N${ids.get(edge.src) ?? 0} -> N${ids.get(edge.dest) ?? 0}`;
    return `${ends} [${edgeAttributes(edge, drawn, tagged.has(edge.src))}]\n`;
  });
  return `${head.join('\n')}\n${boxes.join('')}${edges.join('')}}\n`;
}

function legend({ title, labels }: Picture): string {
  const name = escapeDot(labels[0] ?? '');
  const text = labels.map(escapeDot).join('\\l');
  const tooltip = title === '' ? '' : ` tooltip="${title}"`;
  return `subgraph cluster_L { "${name}" [shape=box fontsize=16 label="${text}\\l"${tooltip}] }`;
}

function formatNode(node: Node, place: Picture & { readonly id: number; readonly maxFlat: number }): string {
  const { id, maxFlat, total, format } = place;
  const [flat, cum] = [node.flatValue, node.cumValue];
  const magnitude = Number(abs64(flat));
  const grows = maxFlat !== 0 && flat !== 0n && magnitude <= maxFlat;
  const fontSize = 8 + (grows ? Math.ceil(16 * Math.sqrt(magnitude / maxFlat)) : 0);
  const share = Number(cum) / Number(abs64(total));
  const tooltip = `${escapeDot(node.name)} (${format(cum === flat ? flat : cum)})`;
  const attributes = [
    `label="${nodeLabel(node, total, format)}"`,
    `id="node${id}"`,
    `fontsize=${fontSize}`,
    'shape=box',
    `tooltip="${tooltip}"`,
    `color="${dotColor(share, 'foreground')}"`,
    `fillcolor="${dotColor(share, 'background')}"`,
  ];
  return `N${id} [${attributes.join(' ')}]`;
}

function nodeLabel(node: Node, total: bigint, format: FormatValue): string {
  const [flat, cum] = [node.flatValue, node.cumValue];
  const withShare = (value: bigint): string =>
    `${format(value)} (${percentage(Number(value), Number(total)).trim()})`;
  const own = flat === 0n ? '0' : withShare(flat);
  const between = flat === 0n ? ' ' : '\\n';
  return `${multilineName(node)}${own}${cum === flat ? '' : `${between}of ${withShare(cum)}`}`;
}

/** A node's name with a line per part: package, class and method each stand alone. */
function multilineName({ info }: Node): string {
  const name = escapeDot(shortFunctionName(info.name))
    .replaceAll('::', '\\n')
    .replaceAll('[...]', '[…]')
    .replaceAll('.', '\\n');
  const file = info.file === '' ? '' : quotedDot(baseName(info.file));
  return `${nameParts({ ...info, name, file }).join('\\n')}\\n`;
}

function edgeAttributes(edge: Edge, { total, format }: Picture, hasTags: boolean): string {
  const weight = weightValue(edge);
  const value = format(weight);
  const tooltip = `"${escapeDot(edge.src.name)} ${edge.residual ? '...' : '->'} ${escapeDot(edge.dest.name)} (${value})"`;
  const attributes = [
    `label=" ${value}${edge.inline ? '\\n (inline)' : ''}"`,
    ...(total === 0n ? [] : weightAttributes(weight, total)),
    `tooltip=${tooltip}`,
    `labeltooltip=${tooltip}`,
    ...(edge.residual ? ['style="dotted"'] : []),
    ...(hasTags ? ['minlen=2'] : []),
  ];
  return attributes.join(' ');
}

function weightAttributes(weight: bigint, total: bigint): string[] {
  const scaled = (factor: bigint): bigint => {
    const part = abs64(BigInt.asIntN(64, BigInt.asIntN(64, weight * factor) / total));
    return 1n + (part < factor ? part : factor);
  };
  const [pull, width] = [scaled(100n), scaled(5n)];
  return [
    ...(pull > 1n ? [`weight=${pull}`] : []),
    ...(width > 1n ? [`penwidth=${width}`] : []),
    `color="${dotColor(Number(weight) / Number(abs64(total)), 'foreground')}"`,
  ];
}

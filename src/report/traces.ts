import { mean } from '../graph/graph.js';
import { printableName } from '../graph/node-info.js';
import { buildNodeTable, type NodeTable } from '../graph/node-table.js';
import { numberLabels, textLabels } from '../profile/labels.js';
import { compareBytes } from '../text/order.js';
import { autoLabel } from '../unit/scale.js';
import { profileLabels } from './labels.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** A frame of a sample. */
export interface TraceFrame {
  readonly name: string;
  readonly inline: boolean;
}

/** A sample spelled out. */
export interface Trace {
  /** By key, values as printed; texts first, then numbers. */
  readonly labels: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly value: bigint;
  /** Leaf first; never empty. */
  readonly frames: readonly TraceFrame[];
}

/** All samples of a report. */
export interface Traces {
  readonly labels: readonly string[];
  readonly traces: readonly Trace[];
  readonly format: FormatValue;
}

/** The samples that have a stack, in file order. */
export function allTraces(report: Report): Traces {
  const { profile, values } = report;
  const format = formatterFor(report, report.options.unit);
  const table = buildNodeTable(profile, { objectNames: false });
  const traces: Trace[] = [];
  for (let i = 0; i < profile.samples.count; i++) {
    const frames = framesOf(report, table, i);
    if (frames.length === 0) continue;
    const value = mean(BigInt(values.values[i] ?? 0), BigInt(values.divisors?.[i] ?? 0));
    traces.push({ labels: labelsOf(report, i), value, frames });
  }
  return { labels: profileLabels(report, format), traces, format };
}

function framesOf(
  { profile: { samples } }: Report,
  { infos, start, nodes }: NodeTable,
  i: number,
): TraceFrame[] {
  const frames: TraceFrame[] = [];
  const stack = samples.stack.subarray(samples.start[i], samples.start[i + 1]);
  for (const location of stack) {
    const own = nodes.subarray(start[location], start[location + 1]);
    for (const [n, node] of own.entries()) {
      const info = infos[node];
      if (info !== undefined) frames.push({ name: printableName(info), inline: n < own.length - 1 });
    }
  }
  return frames;
}

function labelsOf({ profile, labelUnits }: Report, i: number): Trace['labels'] {
  const texts = [...textLabels(profile, i)].map(([key, values]) => ({ key, values }));
  const numbers = [...numberLabels(profile, i)].map(([key, { values }]) => ({
    key,
    values: values.map((value) => autoLabel(Number(value), labelUnits.get(key) ?? key)),
  }));
  const inOrder = (labels: { key: string; values: string[] }[]): { key: string; values: string[] }[] =>
    labels.sort((a, b) => compareBytes(formatLabel(a), formatLabel(b)));
  return [...inOrder(texts), ...inOrder(numbers)];
}

function formatLabel({ key, values }: Trace['labels'][number]): string {
  return `${padLeft(key, 10)}:  ${values.join(' ')}`;
}

const separator = '-----------+-------------------------------------------------------';

/** The samples as text. */
export function formatTraces({ labels, traces, format }: Traces): string {
  const lines = traces.flatMap(({ labels: own, value, frames }) => [
    separator,
    ...own.map(formatLabel),
    ...frames.map(({ name, inline }, i) => {
      const spent = i === 0 ? format(value) : '';
      return `${spent.padStart(10)}   ${name}${inline ? ' (inline)' : ''}`;
    }),
  ]);
  return `${[labels.join('\n'), ...lines, separator].join('\n')}\n`;
}

/** Pads to a width in characters as Go counts them: code points. */
function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - [...text].length)) + text;
}

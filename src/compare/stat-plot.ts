import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { quantile } from '../stats/quantile.js';
import { boxStrip, type FiveNumbers } from '../table/strip.js';
import { clipped, displayWidth } from '../text/display-width.js';
import { commonScale } from '../unit/metric-scale.js';
import { betterOf, changeVerdict } from './better.js';
import { changedSettings } from './format-stat.js';
import type { StatCell } from './stat-cell.js';
import { formatDelta, formatTest } from './stat-cells.js';
import type { StatTable } from './stat-table.js';
import type { Verdict } from './verdict.js';

/** How strips are printed. */
export interface StatPlotLayout {
  /** Columns for everything, at least 40. */
  readonly columns: number;
  readonly units: UnitMetadata;
  /** Colours a change after its verdict. */
  readonly paint: (text: string, verdict: Verdict) => string;
}

/** A cell as it is drawn. */
interface Strip {
  readonly label: string;
  readonly center: string;
  readonly numbers: FiveNumbers;
  /** `-17.20% (p=0.000 n=10)`; empty in the first column. */
  readonly change: string;
  readonly verdict: Verdict;
}

/** The tables' rows as box plots, a strip for each column; those of a row have one axis. In pieces. */
export function* formatStatPlot(tables: readonly StatTable[], layout: StatPlotLayout): Generator<string> {
  for (const [i, table] of tables.entries()) {
    if (i > 0) yield '\n';
    for (const line of changedSettings(table, tables[i - 1])) yield `${line}\n`;
    for (let row = 0; row < table.rowCount; row++) yield* formatRow(table, row, layout);
  }
}

function* formatRow(table: StatTable, row: number, layout: StatPlotLayout): Generator<string> {
  const cells = table.row(row);
  const scale = commonScale(
    cells.map(({ summary }) => summary.center),
    table.unitClass,
  );
  const strips = cells.map((cell) =>
    stripOf(table, cell, { ...layout, format: (value) => scale.format(value) }),
  );
  const [from, to] = [
    Math.min(...strips.map(({ numbers }) => numbers.low)),
    Math.max(...strips.map(({ numbers }) => numbers.high)),
  ];
  const widths = widthsOf(strips, layout.columns);
  const axis = { from, to, columns: widths.strip };
  const ends = [scale.format(from), from === to ? '' : scale.format(to)] as const;
  const gap = Math.max(1, widths.strip - displayWidth(ends[0]) - displayWidth(ends[1]));
  yield `${clipped(`${table.rowLabel(row)} ${table.unit}`, layout.columns)}\n`;
  for (const { label, center, numbers, change, verdict } of strips) {
    const head = `  ${padEnd(endOf(label, widths.label), widths.label)}  ${center.padStart(widths.center)}  `;
    const shown = change === '' ? '' : `  ${layout.paint(change, verdict)}`;
    yield `${(head + boxStrip(numbers, axis) + shown).trimEnd()}\n`;
  }
  const indent = ' '.repeat(6 + widths.label + widths.center);
  yield `${(indent + ends[0] + ' '.repeat(gap) + ends[1]).trimEnd()}\n`;
}

function stripOf(
  { unit, columns, col }: StatTable,
  { column, sample, summary, comparison }: StatCell,
  { units, format }: StatPlotLayout & { readonly format: (value: number) => string },
): Strip {
  const numbers: FiveNumbers = {
    low: sample[0] ?? summary.center,
    lowerQuartile: quantile(sample, 0.25),
    median: summary.center,
    upperQuartile: quantile(sample, 0.75),
    high: sample.at(-1) ?? summary.center,
  };
  const own = { label: col.label(columns[column] ?? 0), center: format(summary.center), numbers };
  if (comparison === undefined) return { ...own, change: '', verdict: 'same' };
  const change = `${formatDelta(comparison, summary.center)} (${formatTest(comparison, sample.length)})`;
  const verdict = changeVerdict(comparison.base.center, summary.center, betterOf(unit, units));
  return { ...own, change, verdict: comparison.isSignificant ? (verdict ?? 'same') : 'same' };
}

/** The strip takes what labels, centers and changes leave of the line. */
function widthsOf(
  strips: readonly Strip[],
  columns: number,
): { readonly label: number; readonly center: number; readonly strip: number } {
  const widest = (text: (strip: Strip) => string): number =>
    Math.max(0, ...strips.map((strip) => displayWidth(text(strip))));
  const label = Math.min(
    widest((strip) => strip.label),
    Math.max(8, Math.floor(columns / 4)),
  );
  const center = widest((strip) => strip.center);
  const change = widest((strip) => strip.change);
  const strip = columns - 6 - label - center - (change === 0 ? 0 : change + 2);
  return { label, center, strip: Math.max(leastStrip, strip) };
}

const leastStrip = 12;

/** Paths differ in their ends. */
function endOf(label: string, columns: number): string {
  return displayWidth(label) <= columns ? label : `…${[...label].slice(1 - columns).join('')}`;
}

function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

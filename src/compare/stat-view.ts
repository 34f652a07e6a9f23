import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { commonScale } from '../unit/metric-scale.js';
import { betterOf, changeVerdict } from './better.js';
import { columnSummaries } from './column-summary.js';
import { Footnotes } from './footnotes.js';
import { changedSettings } from './format-stat.js';
import type { StatCell } from './stat-cell.js';
import { formatDelta, formatRange, formatRatio, formatTest } from './stat-cells.js';
import type { StatTable } from './stat-table.js';
import type { Verdict } from './verdict.js';

/** A table in words, for pages. */
export interface StatView {
  /** Lines `key: value`. */
  readonly settings: readonly string[];
  readonly unit: string;
  readonly columns: readonly string[];
  readonly rows: readonly StatViewRow[];
  /** Remarks with their numbers. */
  readonly footnotes: readonly string[];
}

/** A row of a page's table. */
export interface StatViewRow {
  readonly name: string;
  /** By column; undefined where there is none. */
  readonly cells: readonly (StatViewCell | undefined)[];
  /** Sums up the rows above. */
  readonly isSummary: boolean;
}

/** A cell of a page's table. */
export interface StatViewCell {
  /** Such as `1.718µ`. */
  readonly center: string;
  /** Such as `± 2%`; empty in a summary. */
  readonly range: string;
  /** Such as `-17.20%`; empty in the first column. */
  readonly delta: string;
  /** Such as `p=0.000 n=10`. */
  readonly test: string;
  /** Undefined where there is no change, or none that is more than chance, or nobody knows what is better. */
  readonly verdict: Verdict | undefined;
  /** Numbers of footnotes. */
  readonly marks: string;
}

/** The table in words. */
export function statView(table: StatTable, before: StatTable | undefined, units: UnitMetadata): StatView {
  const footnotes = new Footnotes();
  const rows = Array.from({ length: table.rowCount }, (_, row) => viewRow(table, row, { units, footnotes }));
  return {
    settings: changedSettings(table, before),
    unit: table.unit,
    columns: table.columns.map((tuple) => table.col.label(tuple)),
    rows: table.rowCount > 1 ? [...rows, summaryRow(table, footnotes)] : rows,
    footnotes: [...footnotes.lines()],
  };
}

interface Viewing {
  readonly units: UnitMetadata;
  readonly footnotes: Footnotes;
}

function viewRow(table: StatTable, row: number, viewing: Viewing): StatViewRow {
  const own = table.row(row);
  const centers = own.map(({ summary }) => summary.center);
  const scale = commonScale(centers, table.unitClass);
  const cells: (StatViewCell | undefined)[] = table.columns.map(() => undefined);
  for (const cell of own) {
    cells[cell.column] = viewCell(table, cell, {
      ...viewing,
      center: scale.format(cell.summary.center),
    });
  }
  return { name: table.rowLabel(row), cells, isSummary: false };
}

function viewCell(
  { unit }: StatTable,
  { summary, sample, warnings, comparison }: StatCell,
  { units, footnotes, center }: Viewing & { readonly center: string },
): StatViewCell {
  const all = [...warnings, ...summary.warnings, ...(comparison?.warnings ?? [])];
  const own = { center, range: `± ${formatRange(summary)}`, marks: footnotes.marks(all) };
  if (comparison === undefined) return { ...own, delta: '', test: '', verdict: undefined };
  const change = changeVerdict(comparison.base.center, summary.center, betterOf(unit, units));
  return {
    ...own,
    delta: formatDelta(comparison, summary.center),
    test: formatTest(comparison, sample.length),
    verdict: comparison.isSignificant && change !== 'same' ? change : undefined,
  };
}

function summaryRow(table: StatTable, footnotes: Footnotes): StatViewRow {
  const cells = columnSummaries(table).map(({ center, ratio, warnings }, i): StatViewCell => {
    const scaled = center ?? Number.NaN;
    const scale = commonScale([scaled], table.unitClass);
    return {
      center: center === undefined ? '' : scale.format(scaled),
      delta: i === 0 ? '' : ratio === undefined ? '?' : formatRatio(ratio),
      ...{ range: '', test: '', verdict: undefined, marks: footnotes.marks(warnings) },
    };
  });
  return { name: 'geomean', cells, isSummary: true };
}

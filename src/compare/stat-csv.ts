import { formatCsvRow } from '../table/csv.js';
import { formatFloat } from '../unit/go-float.js';
import { columnSummaries } from './column-summary.js';
import type { StatCell } from './stat-cell.js';
import { formatDelta, formatRange, formatRatio, formatTest } from './stat-cells.js';
import type { StatTable } from './stat-table.js';

/** Told a warning and the spreadsheet's name of the cell that it is about, such as `B6`. */
export type OnCsvWarning = (cell: string, warning: string) => void;

/** Center and range of every column; change and test of all but the first. */
const [centerWidth, deltaWidth] = [2, 2];

function startOf(column: number): number {
  return column === 0 ? 1 : 1 + centerWidth + (column - 1) * (centerWidth + deltaWidth);
}

/**
 * A table as benchstat's comma-separated values, row by row.
 *
 * @param firstRow - the table's first row in the whole file, from 1
 */
export function* formatStatCsv(
  table: StatTable,
  firstRow: number,
  onWarning: OnCsvWarning,
): Generator<string> {
  const { columns, col } = table;
  let row = firstRow;
  for (const field of col.fields) {
    yield formatCsvRow(spread(columns.map((tuple) => [col.value(tuple, field)])));
    row++;
  }
  yield formatCsvRow(spread(columns.map((_, i) => [table.unit, 'CI', ...(i > 0 ? ['vs base', 'P'] : [])])));
  row++;
  for (let i = 0; i < table.rowCount; i++, row++)
    yield formatCsvRow(bodyRow(table, i, warner(row, onWarning)));
  yield formatCsvRow(footRow(table, warner(row, onWarning)));
}

/** Fields at their columns' places, the row as wide as the table. */
function spread(columns: readonly (readonly string[])[]): string[] {
  const fields: string[] = [];
  for (const [i, own] of columns.entries()) {
    fillTo(fields, startOf(i));
    fields.push(...own);
  }
  fillTo(fields, startOf(columns.length));
  return fields;
}

function fillTo(fields: string[], length: number): void {
  while (fields.length < length) fields.push('');
}

type Warn = (column: number, warnings: readonly string[]) => void;

function warner(row: number, onWarning: OnCsvWarning): Warn {
  return (column, warnings) => {
    for (const warning of warnings) onWarning(`${columnName(column)}${row}`, warning);
  };
}

/** A spreadsheet's name of a column, from 0: A, B … Z, AA, AB. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function bodyRow(table: StatTable, row: number, warn: Warn): string[] {
  const fields = [table.rowLabel(row)];
  for (const cell of table.row(row)) {
    fillTo(fields, startOf(cell.column));
    fields.push(...cellFields(cell, fields.length, warn));
  }
  return fields;
}

function cellFields({ sample, summary, warnings, comparison }: StatCell, at: number, warn: Warn): string[] {
  warn(at, [...warnings, ...summary.warnings]);
  const center = [formatFloat(summary.center), formatRange(summary)];
  if (comparison === undefined) return center;
  warn(at + centerWidth, comparison.warnings);
  return [...center, formatDelta(comparison, summary.center), formatTest(comparison, sample.length)];
}

function footRow(table: StatTable, warn: Warn): string[] {
  const fields = ['geomean'];
  for (const [i, { center, ratio, warnings }] of columnSummaries(table).entries()) {
    fillTo(fields, startOf(i));
    warn(fields.length, warnings);
    if (center !== undefined) fields.push(formatFloat(center));
    if (i === 0) continue;
    fillTo(fields, startOf(i) + centerWidth);
    fields.push(ratio === undefined ? '?' : formatRatio(ratio));
  }
  fillTo(fields, startOf(table.columns.length));
  return fields;
}

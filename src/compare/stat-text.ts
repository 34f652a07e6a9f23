import { Grid, type GridCell, type GridColumn, type Paint } from '../table/grid.js';
import type { TextPiece } from '../table/pieces.js';
import { commonScale } from '../unit/metric-scale.js';
import { type ColumnSummary, columnSummaries } from './column-summary.js';
import { Footnotes } from './footnotes.js';
import { headerLevels } from './header-levels.js';
import { formatDelta, formatRange, formatRatio, formatTest } from './stat-cells.js';
import type { StatCell, StatTable } from './stat-table.js';

/** Center, range and footnotes of every column. */
const centerWidth = 3;
/** Change, test and footnotes of all columns but the first. */
const deltaWidth = 3;

/** The first column of the grid that belongs to a column of the table; column 0 has the rows' names. */
function startOf(column: number): number {
  return column === 0 ? 1 : 1 + centerWidth + (column - 1) * (centerWidth + deltaWidth);
}

/** Whether a column of the grid has changes, and which column of the table it belongs to. */
export function isDeltaColumn(column: number): boolean {
  return column > centerWidth && (column - 1 - centerWidth) % (centerWidth + deltaWidth) === centerWidth;
}

/** A table as benchstat prints it, in pieces of whole lines. */
export function* formatStatTable(table: StatTable, paint?: Paint): Generator<TextPiece> {
  const grid = new Grid(gridColumns(table));
  const footnotes = new Footnotes();
  for (const cells of headRows(table)) grid.head(cells);
  for (let row = 0; row < table.rowCount; row++) grid.row(bodyRow(table, row, footnotes));
  if (table.rowCount > 1) grid.foot(footRow(table, footnotes));
  yield* grid.pieces(paint);
  for (const line of footnotes.lines()) yield `${line}\n`;
}

function gridColumns({ columns }: StatTable): GridColumn[] {
  const grid: GridColumn[] = [{ align: 'left' }];
  for (const i of columns.keys()) {
    grid.push({ align: 'right' }, { align: 'right', margin: ' ± ', isTight: true });
    if (i === 0) grid.push({ align: 'left', isTight: true });
    else {
      grid.push({ align: 'left', isTight: true }, { align: 'right', isTight: true });
      grid.push({ align: 'left', isTight: true }, { align: 'left', isTight: true });
    }
  }
  return grid;
}

/** A row for each key of the columns, and one with units. */
function headRows({ columns, col, unit }: StatTable): GridCell[][] {
  const edge: GridCell = { column: startOf(columns.length + 1), text: '', margin: ' │' };
  const keys = headerLevels(columns, col).map((level) =>
    level.map(({ text, start, length }): GridCell => {
      const column = startOf(start);
      return { column, span: startOf(start + length) - column, text, margin: ' │ ', align: 'center' };
    }),
  );
  const units = columns.flatMap((_, i): GridCell[] => {
    const column = startOf(i);
    const own: GridCell = { column, span: centerWidth, text: unit, margin: ' │ ', align: 'center' };
    const delta: GridCell = {
      ...{ column: column + centerWidth, span: deltaWidth },
      ...{ text: 'vs base', margin: '  ' },
    };
    return i === 0 ? [own] : [own, delta];
  });
  return [...keys, units].map((cells) => [...cells, edge]);
}

function bodyRow(table: StatTable, row: number, footnotes: Footnotes): string[] {
  const cells = table.row(row);
  const scale = commonScale(
    cells.map(({ summary }) => summary.center),
    table.unitClass,
  );
  const texts: string[] = [table.rowLabel(row)];
  for (const cell of cells) {
    const start = startOf(cell.column);
    while (texts.length < start) texts.push('');
    texts.push(scale.format(cell.summary.center), formatRange(cell.summary));
    const { warnings } = cell.summary;
    texts.push(footnotes.marks(cell.warnings.length === 0 ? warnings : [...cell.warnings, ...warnings]));
    if (cell.comparison !== undefined) texts.push(...deltaTexts(cell, cell.comparison, footnotes));
  }
  return texts;
}

function deltaTexts(
  { summary, sample }: StatCell,
  comparison: NonNullable<StatCell['comparison']>,
  footnotes: Footnotes,
): string[] {
  return [
    formatDelta(comparison, summary.center),
    `(${formatTest(comparison, sample.length)})`,
    footnotes.marks(comparison.warnings),
  ];
}

function footRow(table: StatTable, footnotes: Footnotes): GridCell[] {
  const summaries = columnSummaries(table).flatMap((summary, i) => {
    const marks = footnotes.marks(summary.warnings);
    return [...summaryCells(table, summary, i), { column: startOf(i + 1) - 1, text: marks }];
  });
  return [{ column: 0, text: 'geomean' }, ...summaries];
}

function summaryCells({ unitClass }: StatTable, { center, ratio }: ColumnSummary, i: number): GridCell[] {
  const cells: GridCell[] = [];
  if (center !== undefined) {
    const text = commonScale([center], unitClass).format(center);
    cells.push({ column: startOf(i), text, align: 'right' });
  }
  if (i === 0) return cells;
  const column = startOf(i) + centerWidth;
  if (ratio === undefined) return [...cells, { column, text: '?' }];
  return [...cells, { column, text: formatRatio(ratio), align: 'right' }];
}

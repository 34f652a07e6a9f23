import { Grid, type GridCell, type GridColumn } from '../table/grid.js';
import type { TextPiece } from '../table/pieces.js';
import type { Paint } from '../table/row-writer.js';
import { commonScale } from '../unit/metric-scale.js';
import { BodyTexts } from './body-texts.js';
import { type ColumnSummary, columnSummaries } from './column-summary.js';
import { Footnotes } from './footnotes.js';
import { headerLevels } from './header-levels.js';
import { formatRatio } from './stat-cells.js';
import type { StatTable } from './stat-table.js';
import { centerWidth, deltaWidth, startOf } from './text-columns.js';

/** A table as benchstat prints it, in pieces of whole lines. */
export function* formatStatTable(table: StatTable, paint?: Paint): Generator<TextPiece> {
  const grid = new Grid(gridColumns(table));
  const footnotes = new Footnotes();
  for (const cells of headRows(table)) grid.head(cells);
  const body = new BodyTexts(table, footnotes);
  for (let row = 0; row < table.rowCount; row++) grid.row(body.row(row));
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

import { Grid, type GridCell, type GridColumn, type Paint } from '../table/grid.js';
import type { TextPiece } from '../table/pieces.js';
import { commonScale, type MetricScale } from '../unit/metric-scale.js';
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
  const body = new BodyRows(table, footnotes);
  for (let row = 0; row < table.rowCount; row++) grid.row(body.texts(row));
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

/** The rows of a table's body, as texts. */
class BodyRows {
  readonly #table: StatTable;
  readonly #footnotes: Footnotes;
  readonly #texts: string[];
  readonly #centers: number[] = [];
  #test = '';
  #testInBrackets = '';

  constructor(table: StatTable, footnotes: Footnotes) {
    this.#table = table;
    this.#footnotes = footnotes;
    this.#texts = Array(startOf(table.columns.length)).fill('');
  }

  /** The texts of a row. One list is used for all of them: it holds until the next row is asked for. */
  texts(row: number): readonly string[] {
    const cells = this.#table.row(row);
    this.#texts.fill('');
    this.#texts[0] = this.#table.rowLabel(row);
    const scale = this.#scale(cells);
    for (const cell of cells) this.#fill(cell, scale);
    return this.#texts;
  }

  #scale(cells: readonly StatCell[]): MetricScale {
    this.#centers.length = cells.length;
    for (let i = 0; i < cells.length; i++) this.#centers[i] = cells[i]?.summary.center ?? 0;
    return commonScale(this.#centers, this.#table.unitClass);
  }

  #fill({ column, summary, sample, warnings, comparison }: StatCell, scale: MetricScale): void {
    const [texts, start] = [this.#texts, startOf(column)];
    texts[start] = scale.format(summary.center);
    texts[start + 1] = formatRange(summary);
    const remarks = warnings.length === 0 ? summary.warnings : [...warnings, ...summary.warnings];
    texts[start + 2] = this.#footnotes.marks(remarks);
    if (comparison === undefined) return;
    texts[start + centerWidth] = formatDelta(comparison, summary.center);
    texts[start + centerWidth + 1] = this.#inBrackets(formatTest(comparison, sample.length));
    texts[start + centerWidth + 2] = this.#footnotes.marks(comparison.warnings);
  }

  /** Note: most rows of a long table have the test of the row above. */
  #inBrackets(test: string): string {
    if (test !== this.#test) {
      this.#test = test;
      this.#testInBrackets = `(${test})`;
    }
    return this.#testInBrackets;
  }
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

import type { AsciiText } from '../benchfmt/byte-table.js';
import type { Setting } from '../benchfmt/config.js';
import type { Projection } from '../query/projection.js';
import { type UnitClass, unitClass } from '../unit/metric-scale.js';
import type { Assumption, Levels } from './assumption.js';
import { StatCell, type StatData } from './stat-cell.js';

/** What is special about one table. */
export interface StatTableParts {
  /** The keys and values that tell this table from others. */
  readonly settings: readonly Setting[];
  readonly unit: string;
  readonly assumption: Assumption;
  /** The cells, row by row, columns in order. */
  readonly cells: Uint32Array;
  /** The columns' tuples, in order. */
  readonly columns: readonly number[];
}

/** The results of one unit under one configuration, in rows and columns. Cells are made when they are asked for. */
export class StatTable {
  readonly settings: readonly Setting[];
  readonly unit: string;
  readonly unitClass: UnitClass;
  readonly assumption: Assumption;
  /** The columns' tuples of `col`, in order. */
  readonly columns: readonly number[];
  readonly col: Projection;
  readonly levels: Levels;
  readonly #data: StatData;
  readonly #cells: Uint32Array;
  /** Where each row's cells begin, and the end of the last. */
  readonly #starts: Uint32Array;
  /** Columns by their tuples; -1 where the tuple has none. */
  readonly #columnOf: Int32Array;

  constructor(data: StatData, parts: StatTableParts) {
    this.settings = parts.settings;
    this.unit = parts.unit;
    this.unitClass = unitClass(parts.unit);
    this.assumption = parts.assumption;
    this.columns = parts.columns;
    this.col = data.col;
    this.levels = data.levels;
    this.#data = data;
    this.#cells = parts.cells;
    this.#starts = rowStarts(parts.cells, data.rows);
    this.#columnOf = new Int32Array(data.col.size).fill(-1);
    for (const [i, tuple] of parts.columns.entries()) this.#columnOf[tuple] = i;
  }

  /** How many rows there are. */
  get rowCount(): number {
    return this.#starts.length - 1;
  }

  /** The row's values, a blank between them. */
  rowLabel(row: number): string {
    return this.#data.row.label(this.#tuple(row));
  }

  /** As `rowLabel`, without a string where it can be done without. */
  rowLabelText(row: number): string | AsciiText {
    return this.#data.row.labelText(this.#tuple(row));
  }

  /** The cells of a row, by column; some may be missing. */
  row(row: number): StatCell[] {
    const cells: StatCell[] = [];
    let base: StatCell | undefined;
    for (let i = this.#starts[row] ?? 0; i < (this.#starts[row + 1] ?? 0); i++) {
      const cell = this.#cells[i] ?? 0;
      const column = this.#columnOf[this.#data.cols[cell] ?? 0] ?? -1;
      const made = new StatCell(this.#data, this.assumption, { id: cell, column, base });
      if (column === 0) base = made;
      cells.push(made);
    }
    return cells;
  }

  /**
   * Goes through all cells without making them, row by row.
   *
   * @param visit - given the number of the cell, and of the one that it is compared with, if any
   */
  forEach(visit: (cell: number, column: number, base: number | undefined) => void): void {
    const { cols } = this.#data;
    for (let row = 0; row < this.rowCount; row++) {
      let base: number | undefined;
      for (let i = this.#starts[row] ?? 0; i < (this.#starts[row + 1] ?? 0); i++) {
        const cell = this.#cells[i] ?? 0;
        const column = this.#columnOf[cols[cell] ?? 0] ?? -1;
        visit(cell, column, base);
        if (column === 0) base = cell;
      }
    }
  }

  /** The center of a cell by its number. */
  center(cell: number): number {
    return this.#data.centers[cell] ?? Number.NaN;
  }

  #tuple(row: number): number {
    return this.#data.rows[this.#cells[this.#starts[row] ?? 0] ?? 0] ?? 0;
  }
}

function rowStarts(cells: Uint32Array, rows: Int32Array): Uint32Array {
  const starts = new Uint32Array(cells.length + 1);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    if (i === 0 || rows[cells[i] ?? 0] !== rows[cells[i - 1] ?? 0]) starts[count++] = i;
  }
  starts[count] = cells.length;
  return starts.slice(0, count + 1);
}

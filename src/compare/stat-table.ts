import type { Setting } from '../benchfmt/config.js';
import type { Projection } from '../query/projection.js';
import type { Sample } from '../stats/sample.js';
import { type UnitClass, unitClass } from '../unit/metric-scale.js';
import type { Assumption, Levels, Summary } from './assumption.js';
import type { Samples } from './samples.js';

/** A cell of a table: the results that its row and its column have in common. */
export interface StatCell {
  readonly row: number;
  readonly column: number;
  readonly sample: Sample;
  readonly summary: Summary;
  /** What has been put together here and may not belong together. */
  readonly warnings: readonly string[];
  /** With the first column; undefined there, and where the row has no cell in it. */
  readonly comparison: StatComparison | undefined;
}

/** A cell compared with the one in the first column of its row. */
export interface StatComparison {
  readonly base: StatCell;
  /** Undefined where values are exact: every difference is one. */
  readonly p: number | undefined;
  readonly isSignificant: boolean;
  readonly warnings: readonly string[];
}

/** What the table's cells are made from. */
export interface StatData {
  readonly samples: Samples;
  /** The column's tuple, by cell. */
  readonly cols: Int32Array;
  /** The row's tuple, by cell. */
  readonly rows: Int32Array;
  readonly row: Projection;
  readonly col: Projection;
  readonly levels: Levels;
  /** Centers by cell. */
  readonly centers: Float64Array;
  /** P-values by cell; NaN where there is none. */
  readonly ps: Float64Array;
  /** Warnings about what is in a cell. */
  readonly mixtures: ReadonlyMap<number, string>;
}

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
    return this.#data.row.label(this.#data.rows[this.#cells[this.#starts[row] ?? 0] ?? 0] ?? 0);
  }

  /** The cells of a row, by column; some may be missing. */
  row(row: number): StatCell[] {
    const cells: StatCell[] = [];
    let base: StatCell | undefined;
    for (let i = this.#starts[row] ?? 0; i < (this.#starts[row + 1] ?? 0); i++) {
      const cell = this.#cells[i] ?? 0;
      const column = this.#columnOf[this.#data.cols[cell] ?? 0] ?? -1;
      const made = this.#cell(cell, { row, column, base });
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

  #cell(
    cell: number,
    { row, column, base }: { row: number; column: number; base: StatCell | undefined },
  ): StatCell {
    const { samples, levels, mixtures } = this.#data;
    const sample = samples.sample(cell);
    const mixture = mixtures.get(cell);
    return {
      row,
      column,
      sample,
      summary: this.assumption.summarize(sample, levels),
      warnings: mixture === undefined ? none : [mixture],
      comparison: base === undefined ? undefined : this.#comparison(cell, sample, base),
    };
  }

  #comparison(cell: number, sample: Sample, base: StatCell): StatComparison {
    const { alpha } = this.levels;
    const isExact = this.assumption.name === 'exact';
    const found = this.#data.ps[cell] ?? Number.NaN;
    const p = Number.isNaN(found) ? 1 : found; // equal values were not tested
    const warnings = this.assumption.doubts(base.sample, sample, { p, alpha });
    return { base, p: isExact ? undefined : p, isSignificant: isExact || p <= alpha, warnings };
  }
}

const none: readonly string[] = [];

function rowStarts(cells: Uint32Array, rows: Int32Array): Uint32Array {
  const starts = new Uint32Array(cells.length + 1);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    if (i === 0 || rows[cells[i] ?? 0] !== rows[cells[i - 1] ?? 0]) starts[count++] = i;
  }
  starts[count] = cells.length;
  return starts.slice(0, count + 1);
}

import { grown } from '../benchfmt/growable.js';
import { IdTable } from './id-table.js';
import { PairMap } from './pair-map.js';

/** Numbers the cells of all tables: what a table, a row and a column have in common. */
export class CellTable {
  /** Pairs of a table and a column. */
  readonly #places = new IdTable();
  readonly #ids = new PairMap();
  #tables = new Int32Array(64);
  #rows = new Int32Array(64);
  #cols = new Int32Array(64);
  #size = 0;

  /** How many there are; ids are 0 to one less. */
  get size(): number {
    return this.#size;
  }

  /** The tables' numbers, by cell. */
  get tables(): Int32Array {
    return this.#tables.subarray(0, this.#size);
  }

  /** The numbers of the rows' tuples, by cell. */
  get rows(): Int32Array {
    return this.#rows.subarray(0, this.#size);
  }

  /** The numbers of the columns' tuples, by cell. */
  get cols(): Int32Array {
    return this.#cols.subarray(0, this.#size);
  }

  /** The number of a cell. */
  intern(table: number, row: number, col: number): number {
    const place = this.#places.intern(table, col);
    const known = this.#ids.get(row, place);
    if (known !== undefined) return known;
    const id = this.#size++;
    this.#ids.set(row, place, id);
    (this.#tables = grown(this.#tables, id + 1))[id] = table;
    (this.#rows = grown(this.#rows, id + 1))[id] = row;
    (this.#cols = grown(this.#cols, id + 1))[id] = col;
    return id;
  }
}

import { grown } from '../benchfmt/growable.js';
import { IdTable } from './id-table.js';

/** So many second numbers have a column each; all others share a hash table. */
const columnCount = 16;

/**
 * Numbers by pairs of numbers, of which the second are few as a rule: results differ in their names, hardly in
 * their configurations and metrics.
 *
 * Note: one hash table for all is half as fast: of a million pairs nearly every access misses the processor's caches.
 */
export class PairMap {
  /** By the second number, then by the first: numbers plus 2, 0 where there is none. */
  readonly #columns: Int32Array[] = [];
  readonly #others = new IdTable();
  readonly #otherNumbers: number[] = [];

  /** The number of a pair; undefined where there is none. */
  get(a: number, b: number): number | undefined {
    if (b >= columnCount) return this.#otherNumbers[this.#others.find(a, b)];
    const number = this.#columns[b]?.[a] ?? 0;
    return number === 0 ? undefined : number - 2;
  }

  /** @param number - at least -1 */
  set(a: number, b: number, number: number): void {
    if (b >= columnCount) {
      this.#otherNumbers[this.#others.intern(a, b)] = number;
      return;
    }
    while (this.#columns.length <= b) this.#columns.push(new Int32Array(64));
    const column = grown(this.#columns[b] ?? new Int32Array(64), a + 1);
    column[a] = number + 2;
    this.#columns[b] = column;
  }
}

import { ascendingSample, type Sample } from '../stats/sample.js';

/** So many values are put in order faster one by one than by sorting a view of them. */
const fewValues = 24;

/** The values of many cells in one column, cell by cell. */
export class Samples {
  readonly #values: Float64Array;
  /** Where the values of each cell begin, and the end of the last. */
  readonly #starts: Uint32Array;

  /**
   * @param values - in any order
   * @param cells - the cell of each; there may be more of them than values
   * @param count - how many cells there are
   */
  constructor(values: Float64Array, cells: Int32Array, count: number) {
    this.#starts = startsOf(cells.subarray(0, values.length), count);
    this.#values = new Float64Array(values.length);
    const next = this.#starts.slice();
    for (let i = 0; i < values.length; i++) {
      const cell = cells[i] ?? 0;
      const place = next[cell] ?? 0;
      this.#values[place] = values[i] ?? 0;
      next[cell] = place + 1;
    }
    for (let cell = 0; cell < count; cell++) this.#sort(this.#starts[cell] ?? 0, this.#starts[cell + 1] ?? 0);
  }

  /** How many values a cell has. */
  size(cell: number): number {
    return (this.#starts[cell + 1] ?? 0) - (this.#starts[cell] ?? 0);
  }

  /** The values of a cell that has some. */
  sample(cell: number): Sample {
    const start = this.#starts[cell] ?? 0;
    const size = this.size(cell);
    if (size === 1) return ascendingSample([this.#values[start] ?? 0]);
    const values = Array<number>(size);
    for (let i = 0; i < size; i++) values[i] = this.#values[start + i] ?? 0;
    return ascendingSample(values);
  }

  #sort(start: number, end: number): void {
    if (end - start > fewValues) this.#values.subarray(start, end).sort();
    else for (let i = start + 1; i < end; i++) this.#insert(start, i);
  }

  /** Moves a value down to its place among those before it, which are in order. */
  #insert(start: number, from: number): void {
    const values = this.#values;
    const value = values[from] ?? 0;
    let i = from;
    for (; i > start && isLess(value, values[i - 1] ?? 0); i--) values[i] = values[i - 1] ?? 0;
    values[i] = value;
  }
}

/** Where each number's places begin when all are put in order, and the end of the last. */
function startsOf(numbers: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let i = 1; i <= count; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  return starts;
}

/** The order of numbers; -0 comes before 0. */
function isLess(a: number, b: number): boolean {
  return a < b || (a === 0 && b === 0 && Object.is(a, -0) && !Object.is(b, -0));
}

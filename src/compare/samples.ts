import { ascendingSample, type Sample, sortSample } from '../stats/sample.js';

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
    for (const [i, value] of values.entries()) {
      const cell = cells[i] ?? 0;
      const place = next[cell] ?? 0;
      this.#values[place] = value;
      next[cell] = place + 1;
    }
    for (let cell = 0; cell < count; cell++) if (this.size(cell) > 1) sortSample(this.#view(cell));
  }

  /** How many values a cell has. */
  size(cell: number): number {
    return (this.#starts[cell + 1] ?? 0) - (this.#starts[cell] ?? 0);
  }

  /** The values of a cell that has some. */
  sample(cell: number): Sample {
    return ascendingSample(this.#view(cell));
  }

  #view(cell: number): Float64Array {
    return this.#values.subarray(this.#starts[cell], this.#starts[cell + 1]);
  }
}

/** Where each number's places begin when all are put in order, and the end of the last. */
function startsOf(numbers: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let i = 1; i <= count; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  return starts;
}

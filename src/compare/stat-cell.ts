import type { Projection } from '../query/projection.js';
import type { Sample } from '../stats/sample.js';
import type { Assumption, Levels, Summary } from './assumption.js';
import type { Samples } from './samples.js';

/** What the cells of all tables are made from. */
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
  /** P-values by cell; NaN where there is none. Empty where there is one column only. */
  readonly ps: Float64Array;
  /** Warnings about what is in a cell. */
  readonly mixtures: ReadonlyMap<number, string>;
}

/** A cell compared with the one in the first column of its row. */
export interface StatComparison {
  readonly base: StatCell;
  /** Undefined where values are exact: every difference is one. */
  readonly p: number | undefined;
  readonly isSignificant: boolean;
  readonly warnings: readonly string[];
}

/** Where a cell stands. */
export interface StatPlace {
  /** Its number in the data. */
  readonly id: number;
  /** From 0. */
  readonly column: number;
  /** The cell that it is compared with, in the first column; undefined there, and where the row has none in it. */
  readonly base: StatCell | undefined;
}

/**
 * A cell of a table: the results that its row and its column have in common. What is said about them is worked out
 * when it is asked for.
 */
export class StatCell {
  readonly column: number;
  readonly base: StatCell | undefined;
  readonly #id: number;
  readonly #data: StatData;
  readonly #assumption: Assumption;

  constructor(data: StatData, assumption: Assumption, { id, column, base }: StatPlace) {
    this.column = column;
    this.base = base;
    this.#id = id;
    this.#data = data;
    this.#assumption = assumption;
  }

  /** How many results there are. */
  get size(): number {
    return this.#data.samples.size(this.#id);
  }

  get sample(): Sample {
    return this.#data.samples.sample(this.#id);
  }

  /** The center of the summary. */
  get center(): number {
    return this.#data.centers[this.#id] ?? Number.NaN;
  }

  get summary(): Summary {
    return this.#assumption.summarize(this.sample, this.#data.levels);
  }

  /** What has been put together here and may not belong together. */
  get warnings(): readonly string[] {
    const { mixtures } = this.#data;
    const mixture = mixtures.size === 0 ? undefined : mixtures.get(this.#id);
    return mixture === undefined ? none : [mixture];
  }

  /** With the first column; undefined there, and where the row has no cell in it. */
  get comparison(): StatComparison | undefined {
    const { base } = this;
    if (base === undefined) return undefined;
    const { alpha } = this.#data.levels;
    const isExact = this.#assumption.name === 'exact';
    const found = this.#data.ps[this.#id] ?? Number.NaN;
    const p = Number.isNaN(found) ? 1 : found; // equal values were not tested
    const warnings = this.#assumption.doubts(base.sample, this.sample, { p, alpha });
    return { base, p: isExact ? undefined : p, isSignificant: isExact || p <= alpha, warnings };
  }
}

const none: readonly string[] = [];

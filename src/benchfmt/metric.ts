import { tidyUnit } from '../unit/tidy.js';
import { ByteTable } from './byte-table.js';

/** What a value counts. */
export interface Metric {
  /** In base units. */
  readonly unit: string;
  /** As the file has it, where that differs. */
  readonly original?: string;
}

/** How values of a unit come into base units. */
interface Tidying {
  readonly factor: number;
  /** The metric in base units. */
  readonly tidied: number;
  /** The metric as it stands. */
  readonly plain: number;
}

/** The metrics of all results that were read, numbered. */
export class MetricTable {
  readonly metrics: Metric[] = [];
  readonly #units = new ByteTable();
  readonly #tidyings: Tidying[] = [];

  /** The number of the unit in `bytes` from `start` to before `end`. */
  unit(bytes: Uint8Array, start: number, end: number): number {
    const id = this.#units.intern(bytes, start, end);
    if (id === this.#tidyings.length) this.#tidyings.push(this.#tidying(this.#units.text(id)));
    return id;
  }

  /** The number of a unit. */
  unitOf(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.unit(bytes, 0, bytes.length);
  }

  /** A value in base units. */
  value(value: number, unit: number): number {
    return value * (this.#tidyings[unit]?.factor ?? 1);
  }

  /**
   * The metric of a value with a unit.
   *
   * Note: as in Go, a value that the factor leaves as it is (0, Inf) keeps its unit: `0 ns/op` is no `sec/op`.
   */
  metric(value: number, unit: number): number {
    const tidying = this.#tidyings[unit];
    if (tidying === undefined) return -1;
    return value * tidying.factor === value ? tidying.plain : tidying.tidied;
  }

  #tidying(original: string): Tidying {
    const { unit, factor } = tidyUnit(original);
    const plain = this.metrics.push({ unit: original }) - 1;
    return { factor, plain, tidied: unit === original ? plain : this.metrics.push({ unit, original }) - 1 };
  }
}

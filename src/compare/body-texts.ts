import type { AsciiText } from '../benchfmt/byte-table.js';
import { commonScale, type MetricScale } from '../unit/metric-scale.js';
import type { Footnotes } from './footnotes.js';
import type { StatCell } from './stat-cell.js';
import { formatDelta, formatRange, formatTest } from './stat-cells.js';
import type { StatTable } from './stat-table.js';
import { centerWidth, startOf } from './text-columns.js';

/** What stands beside a center. */
interface RangeTexts {
  readonly range: string;
  readonly marks: string;
}

/** What stands beside a change. */
interface TestTexts {
  readonly isSignificant: boolean;
  readonly test: string;
  readonly marks: string;
}

/**
 * The rows of a table's body, as texts.
 *
 * Long tables are mostly of single results, of which only the centers differ: all else is the same for all of them,
 * and worked out once.
 */
export class BodyTexts {
  readonly #table: StatTable;
  readonly #footnotes: Footnotes;
  readonly #texts: (string | AsciiText)[];
  readonly #centers: number[] = [];
  #singleRange: RangeTexts | undefined;
  /** Of single results that are equal, and of others. */
  #equalTest: TestTexts | undefined;
  #otherTest: TestTexts | undefined;

  constructor(table: StatTable, footnotes: Footnotes) {
    this.#table = table;
    this.#footnotes = footnotes;
    this.#texts = Array(startOf(table.columns.length)).fill('');
  }

  /** The texts of a row. One list is used for all of them: it holds until the next row is asked for. */
  row(row: number): readonly (string | AsciiText)[] {
    const cells = this.#table.row(row);
    const scale = this.#scale(cells);
    if (cells.length < this.#table.columns.length) this.#texts.fill(''); // what is missing is not written
    this.#texts[0] = this.#table.rowLabelText(row);
    for (const cell of cells) this.#fill(cell, scale);
    return this.#texts;
  }

  #scale(cells: readonly StatCell[]): MetricScale {
    if (this.#centers.length !== cells.length) this.#centers.length = cells.length;
    for (let i = 0; i < cells.length; i++) this.#centers[i] = cells[i]?.center ?? 0;
    return commonScale(this.#centers, this.#table.unitClass);
  }

  #fill(cell: StatCell, scale: MetricScale): void {
    const start = startOf(cell.column);
    this.#texts[start] = scale.format(cell.center);
    const { range, marks } = this.#rangeTexts(cell);
    this.#texts[start + 1] = range;
    this.#texts[start + 2] = marks;
    if (cell.base !== undefined) this.#fillTest(cell, cell.base, start + centerWidth);
  }

  #fillTest(cell: StatCell, base: StatCell, start: number): void {
    const { isSignificant, test, marks } = this.#testTexts(cell, base);
    this.#texts[start] = formatDelta({ base, isSignificant }, cell.center);
    this.#texts[start + 1] = test;
    this.#texts[start + 2] = marks;
  }

  #rangeTexts(cell: StatCell): RangeTexts {
    const { size, center, warnings } = cell;
    if (size > 1 || !Number.isFinite(center) || warnings.length > 0) return this.#makeRange(cell);
    return (this.#singleRange ??= this.#makeRange(cell));
  }

  #testTexts(cell: StatCell, base: StatCell): TestTexts {
    if (cell.size > 1 || base.size > 1) return this.#makeTest(cell);
    if (cell.center === base.center) return (this.#equalTest ??= this.#makeTest(cell));
    return (this.#otherTest ??= this.#makeTest(cell));
  }

  #makeRange({ summary, warnings }: StatCell): RangeTexts {
    const remarks = warnings.length === 0 ? summary.warnings : [...warnings, ...summary.warnings];
    return { range: formatRange(summary), marks: this.#footnotes.marks(remarks) };
  }

  #makeTest({ comparison, size }: StatCell): TestTexts {
    if (comparison === undefined) return { isSignificant: false, test: '', marks: '' };
    const { isSignificant, warnings } = comparison;
    return {
      isSignificant,
      test: `(${formatTest(comparison, size)})`,
      marks: this.#footnotes.marks(warnings),
    };
  }
}

import { GeometricMean } from '../stats/geomean.js';
import type { StatTable } from './stat-table.js';

/** The last row of a table: what all rows of a column come to. */
export interface ColumnSummary {
  /** Geometric mean of the centers; undefined where one is not above 0. */
  readonly center: number | undefined;
  /** Geometric mean of the ratios to the first column; undefined there, and where it cannot be told. */
  readonly ratio: number | undefined;
  readonly warnings: readonly string[];
}

/** What is gathered for a column. */
interface Gathered {
  readonly centers: GeometricMean;
  readonly ratios: GeometricMean;
  /** A ratio is to 0. */
  isBad: boolean;
}

/** The last row, by column. */
export function columnSummaries(table: StatTable): ColumnSummary[] {
  const columns = table.columns.map(
    (): Gathered => ({ centers: new GeometricMean(), ratios: new GeometricMean(), isBad: false }),
  );
  table.forEach((cell, i, base) => {
    const column = columns[i];
    if (column === undefined) return;
    column.centers.add(table.center(cell));
    if (base !== undefined) gatherRatio(column, table.center(cell), table.center(base));
  });
  const baseCount = columns[0]?.centers.count ?? 0;
  return columns.map((column, i) => (i === 0 ? baseSummary(column) : summaryOf(column, baseCount)));
}

function gatherRatio(column: Gathered, center: number, base: number): void {
  if (base === 0 && center !== 0) column.isBad = true;
  column.ratios.add(center === base ? 1 : base === 0 ? 0 : center / base);
}

function baseSummary({ centers }: Gathered): ColumnSummary {
  const center = centers.value;
  return { center, ratio: undefined, warnings: center === undefined ? [noCenter] : [] };
}

function summaryOf({ centers, ratios, isBad }: Gathered, baseCount: number): ColumnSummary {
  const center = centers.value;
  const ratio = isBad ? undefined : ratios.value;
  const warnings = [
    ...(ratios.count === baseCount ? [] : [otherSet]),
    ...(center === undefined ? [noCenter] : []),
    ...(ratio === undefined && !isBad ? [noRatio] : []),
  ];
  return { center, ratio, warnings };
}

const otherSet = 'benchmark set differs from baseline; geomeans may not be comparable';
const noCenter = 'summaries must be >0 to compute geomean';
const noRatio = 'ratios must be >0 to compute geomean';

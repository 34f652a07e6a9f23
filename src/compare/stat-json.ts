import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { type Better, betterOf } from './better.js';
import { columnSummaries } from './column-summary.js';
import { ratio } from './delta.js';
import type { GateReport, Regression } from './gate.js';
import type { StatCell } from './stat-cell.js';
import type { StatTable } from './stat-table.js';

/** The shape of `prof stat --json`; a number that JSON cannot write, such as an infinite bound, becomes null. */
export interface StatJson {
  readonly alpha: number;
  /** Least confidence of intervals. */
  readonly confidence: number;
  readonly tables: readonly StatJsonTable[];
  /** Undefined without `--fail-over`. */
  readonly gate?: GateJson;
}

/** The results of one unit under one configuration. */
export interface StatJsonTable {
  readonly settings: readonly { readonly key: string; readonly value: string }[];
  /** In base units. */
  readonly unit: string;
  readonly assume: 'nothing' | 'exact';
  readonly better: Better | null;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly StatJsonCell[] }[];
  /** By column. */
  readonly geomeans: readonly {
    readonly value: number | null;
    readonly ratio: number | null;
    readonly warnings: readonly string[];
  }[];
}

/** What the results of a row and a column have in common. */
export interface StatJsonCell {
  /** From 0. */
  readonly column: number;
  readonly center: number;
  readonly low: number;
  readonly high: number;
  /** Confidence of `low` to `high`. */
  readonly confidence: number;
  /** Ascending. */
  readonly values: readonly number[];
  readonly warnings: readonly string[];
  /** With the first column; null there and where it has no such row. */
  readonly comparison: {
    /** To the first column's center; null where only that is 0. */
    readonly ratio: number;
    /** Null where values are exact. */
    readonly p: number | null;
    readonly isSignificant: boolean;
    readonly warnings: readonly string[];
  } | null;
}

/** What `--fail-over` came to. */
export interface GateJson {
  readonly failed: readonly RegressionJson[];
  /** Beyond the limit, but with too few results to tell from chance. */
  readonly undecided: readonly RegressionJson[];
}

/** A change for the worse beyond its limit, a share of the old value. */
export interface RegressionJson {
  readonly name: string;
  readonly column: string | null;
  readonly unit: string;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  readonly p: number | null;
  readonly sizes: readonly [number, number];
}

/** The tables as `--json` gives them. */
export function statJson(
  tables: readonly StatTable[],
  units: UnitMetadata,
  { alpha, confidence }: { readonly alpha: number; readonly confidence: number },
): StatJson {
  return { alpha, confidence, tables: tables.map((table) => tableJson(table, units)) };
}

/** The gate's part. */
export function gateJson({ failed, undecided }: GateReport): GateJson {
  return { failed: failed.map(regressionJson), undecided: undecided.map(regressionJson) };
}

function regressionJson({ change, limit }: Regression): RegressionJson {
  const { name, column = null, unit, before, after, p = null, sizes } = change;
  return { name, column, unit, before, after, limit, p, sizes };
}

function tableJson(table: StatTable, units: UnitMetadata): StatJsonTable {
  return {
    settings: table.settings.map(([key, value]) => ({ key, value })),
    unit: table.unit,
    assume: table.assumption.name,
    better: betterOf(table.unit, units) ?? null,
    columns: table.columns.map((tuple) => table.col.label(tuple)),
    rows: Array.from({ length: table.rowCount }, (_, row) => ({
      name: table.rowLabel(row),
      cells: table.row(row).map(cellJson),
    })),
    geomeans: columnSummaries(table).map(({ center = null, ratio = null, warnings }) => {
      return { value: center, ratio, warnings };
    }),
  };
}

function cellJson({ column, sample, summary, warnings, comparison }: StatCell): StatJsonCell {
  const { center, low, high, confidence } = summary;
  return {
    ...{ column, center, low, high, confidence, values: [...sample] },
    warnings: [...warnings, ...summary.warnings],
    comparison:
      comparison === undefined
        ? null
        : {
            ratio: ratio({ before: comparison.base.center, after: center }),
            p: comparison.p ?? null,
            isSignificant: comparison.isSignificant,
            warnings: comparison.warnings,
          },
  };
}

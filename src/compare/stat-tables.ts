import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import type { Projection } from '../query/projection.js';
import { holm } from '../stats/holm.js';
import { assumeExact, assumeNothing, type Levels } from './assumption.js';
import type { Collected } from './collect.js';
import { countingSort, numbersTo } from './counting-sort.js';
import type { StatData } from './stat-cell.js';
import type { StatQuery } from './stat-query.js';
import { StatTable } from './stat-table.js';

/** How results are judged. */
export interface StatOptions extends Levels {
  /** Adjusts p-values to how many there are. */
  readonly holm: boolean;
}

/** The tables of all results, in order: by their keys, then by unit. */
export function buildStatTables(
  collected: Collected,
  query: StatQuery,
  { units, ...options }: StatOptions & { readonly units: UnitMetadata },
): StatTable[] {
  const { tables, cells, samples } = collected;
  const { tables: tableOf, rows, cols } = cells;
  const data: StatData = {
    ...{ samples, cols, rows, row: query.row, col: query.col, levels: options },
    centers: new Float64Array(cells.size),
    ps: new Float64Array(query.col.size > 1 ? cells.size : 0).fill(Number.NaN),
    mixtures: mixturesOf(collected, query),
  };
  const colRanks = query.col.ranks();
  const made = orderedCells(collected, query).map((own): StatTable => {
    const [tuple, unitId] = tables.get(tableOf[own[0] ?? 0] ?? 0);
    const unit = collected.units[unitId] ?? '';
    return new StatTable(data, {
      ...{ unit, cells: own },
      settings: query.table.fields.map((field) => [field.key, query.table.value(tuple, field)]),
      assumption: units.get(unit, 'assume') === 'exact' ? assumeExact : assumeNothing,
      columns: [...columnsOf(own, cols, query.col.size)].sort(
        (a, b) => (colRanks[a] ?? 0) - (colRanks[b] ?? 0),
      ),
    });
  });
  for (const table of made) evaluate(table, data);
  if (options.holm) adjust(data.ps);
  return made;
}

function evaluate(table: StatTable, { samples, centers, ps }: StatData): void {
  const { assumption } = table;
  table.forEach((cell, _, base) => {
    const sample = samples.sample(cell);
    centers[cell] = assumption.center(sample);
    if (base !== undefined) ps[cell] = assumption.test(samples.sample(base), sample) ?? Number.NaN;
  });
}

/** The cells of each table in its order, tables in theirs. */
function orderedCells({ tables, units, cells }: Collected, query: StatQuery): Uint32Array[] {
  const { tables: tableOf, rows, cols } = cells;
  const tupleRanks = query.table.ranks();
  const tableRank = (table: number): number => {
    const [tuple, unit] = tables.get(table);
    return (tupleRanks[tuple] ?? 0) * units.length + unit;
  };
  const byColumn = countingSort(numbersTo(cells.size), ranksOf(cols, query.col), query.col.size);
  const byRow = countingSort(byColumn, ranksOf(rows, query.row), query.row.size);
  const ordered = countingSort(byRow, tableOf, tables.size);
  const groups: Uint32Array[] = [];
  for (let start = 0; start < ordered.length; ) {
    let end = start + 1;
    while (end < ordered.length && tableOf[ordered[end] ?? 0] === tableOf[ordered[start] ?? 0]) end++;
    groups.push(ordered.subarray(start, end));
    start = end;
  }
  const rankOf = (group: Uint32Array): number => tableRank(tableOf[group[0] ?? 0] ?? 0);
  return groups.sort((a, b) => rankOf(a) - rankOf(b));
}

/** The places of tuples in the order of their projection. */
function ranksOf(tuples: Int32Array, projection: Projection): Int32Array {
  const ranks = projection.ranks();
  if (ranks.every((rank, tuple) => rank === tuple)) return tuples;
  return tuples.map((tuple) => ranks[tuple] ?? 0);
}

/** The columns' tuples that some cells have; there are `count` of them in all. */
function columnsOf(cells: Uint32Array, cols: Int32Array, count: number): Uint32Array {
  const isThere = new Uint8Array(count);
  for (let i = 0; i < cells.length; i++) isThere[cols[cells[i] ?? 0] ?? 0] = 1;
  return numbersTo(count).filter((tuple) => isThere[tuple] === 1);
}

/** What has been put together in a cell without being asked for, as a warning. */
function mixturesOf({ residues }: Collected, { residue }: StatQuery): Map<number, string> {
  const mixtures = new Map<number, string>();
  for (const [cell, tuples] of residues) {
    const varying = residue.fields.filter(
      (field) => new Set([...tuples].map((tuple) => residue.value(tuple, field))).size > 1,
    );
    mixtures.set(cell, `benchmarks vary in ${varying.map(({ key }) => key).join(', ')}`);
  }
  return mixtures;
}

/** Replaces the p-values by Holm's; NaN stands for none. */
function adjust(ps: Float64Array): void {
  const tested = Uint32Array.from(ps, (_, i) => i).filter((i) => !Number.isNaN(ps[i]));
  const adjusted = holm(Float64Array.from(tested, (i) => ps[i] ?? 1));
  for (const [i, cell] of tested.entries()) ps[cell] = adjusted[i] ?? 1;
}

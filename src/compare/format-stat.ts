import { formatCsvRow } from '../table/csv.js';
import type { TextPiece } from '../table/pieces.js';
import type { Paint } from '../table/row-writer.js';
import { formatStatCsv, type OnCsvWarning } from './stat-csv.js';
import type { StatTable } from './stat-table.js';
import { formatStatTable } from './stat-text.js';

/** The tables as benchstat prints them, in pieces. */
export function* formatStat(
  tables: readonly StatTable[],
  paint?: (table: StatTable) => Paint,
): Generator<TextPiece> {
  for (const [i, table] of tables.entries()) {
    if (i > 0) yield '\n';
    for (const line of changedSettings(table, tables[i - 1])) yield `${line}\n`;
    yield* formatStatTable(table, paint?.(table));
  }
}

/** The tables as benchstat's comma-separated values, in pieces. */
export function* formatStatAsCsv(tables: readonly StatTable[], onWarning: OnCsvWarning): Generator<string> {
  let row = 1;
  for (const [i, table] of tables.entries()) {
    const lines = [...(i > 0 ? [''] : []), ...changedSettings(table, tables[i - 1])];
    for (const line of lines) yield formatCsvRow([line]);
    row += lines.length;
    for (const line of formatStatCsv(table, row, onWarning)) {
      yield line;
      row++;
    }
  }
}

/** The lines `key: value` of those keys that another table before had otherwise. */
export function changedSettings({ settings }: StatTable, before: StatTable | undefined): string[] {
  const changed = settings.filter(([, value], i) => value !== before?.settings[i]?.[1]);
  return changed.map(([key, value]) => `${key}: ${value}`);
}

import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { betterOf } from './better.js';
import { Gate, type GateReport, type GateRules } from './gate.js';
import type { StatTable } from './stat-table.js';

/** Judges every comparison of the tables. */
export function judgeTables(tables: readonly StatTable[], units: UnitMetadata, rules: GateRules): GateReport {
  const gate = new Gate(rules);
  for (const table of tables) judgeTable(table, units, gate);
  return gate.report;
}

function judgeTable(table: StatTable, units: UnitMetadata, gate: Gate): void {
  const { unit, assumption, columns, col } = table;
  const better = betterOf(unit, units);
  for (let row = 0; row < table.rowCount; row++) {
    for (const { column, size, center, comparison } of table.row(row)) {
      if (comparison === undefined) continue;
      gate.judge({
        name: table.rowLabel(row),
        column: columns.length > 2 ? col.label(columns[column] ?? 0) : undefined,
        ...{ unit, better, isExact: assumption.name === 'exact', p: comparison.p },
        ...{ before: comparison.base.center, after: center },
        sizes: [comparison.base.size, size],
      });
    }
  }
}

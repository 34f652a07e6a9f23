import { adviseOn } from '../../src/compare/advice.js';
import { Collector } from '../../src/compare/collect.js';
import { formatStat, formatStatAsCsv } from '../../src/compare/format-stat.js';
import type { GateReport, GateRules } from '../../src/compare/gate.js';
import { judgeTables } from '../../src/compare/stat-gate.js';
import { defaultQuery, parseStatQuery, type StatQueryTexts } from '../../src/compare/stat-query.js';
import type { StatTable } from '../../src/compare/stat-table.js';
import { buildStatTables, type StatOptions } from '../../src/compare/stat-tables.js';
import { joinPieces } from '../../src/table/pieces.js';

/** How runs are compared, as far as a test says. */
export type StatRequest = Partial<StatQueryTexts & StatOptions>;

/** Runs compared. */
export interface StatResult {
  readonly tables: readonly StatTable[];
  readonly text: string;
  readonly csv: string;
  /** As a spreadsheet's cells and what is said about them. */
  readonly csvWarnings: readonly string[];
  readonly problems: readonly string[];
  readonly advice: readonly string[];
  judge(rules: GateRules): GateReport;
}

/** Compares runs, by their columns' names. */
export function statOf(runs: Readonly<Record<string, string>>, request: StatRequest = {}): StatResult {
  const query = parseStatQuery(
    { ...defaultQuery, ...request },
    (pattern) => (text) => text.includes(pattern),
  );
  const problems: string[] = [];
  const collector = new Collector(query, ({ file, line, message }) =>
    problems.push(`${file}:${line}: ${message}`),
  );
  for (const [label, text] of Object.entries(runs)) {
    collector.reader.open({ file: label, label });
    collector.reader.push(Buffer.from(text));
  }
  collector.reader.end();
  const { units } = collector.reader;
  const collected = collector.finish();
  const options = { alpha: 0.05, confidence: 0.95, holm: false, ...request, units };
  const tables = buildStatTables(collected, query, options);
  const csvWarnings: string[] = [];
  return {
    tables,
    text: joinPieces(formatStat(tables)),
    csv: [...formatStatAsCsv(tables, (cell, warning) => csvWarnings.push(`${cell}: ${warning}`))].join(''),
    csvWarnings,
    problems,
    advice: adviseOn(collected, query).map(({ message, hint }) => `${message}\n${hint}`),
    judge: (rules) => judgeTables(tables, units, rules),
  };
}

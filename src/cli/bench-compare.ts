import { Collector } from '../compare/collect.js';
import { defaultQuery, parseStatQuery } from '../compare/stat-query.js';
import { buildStatTables } from '../compare/stat-tables.js';
import type { VariantRun } from './bench-run.js';
import { runText } from './bench-text.js';
import type { Io } from './io.js';
import { printStat } from './stat-output.js';

/** Prints what `prof stat` makes of runs, each a column; nothing where there are no results. */
export async function printComparison(runs: readonly VariantRun[], alpha: number, io: Io): Promise<void> {
  // The query has no regular expression, and what we write ourselves has no wrong lines.
  const query = parseStatQuery(defaultQuery, (pattern, error) => {
    throw error(pattern);
  });
  const collector = new Collector(query, () => undefined);
  for (const run of runs) {
    collector.reader.open({ file: run.variant.label, label: run.variant.name });
    collector.reader.push(Buffer.from(runText(run)));
  }
  collector.reader.end();
  const { units } = collector.reader;
  const levels = { alpha, confidence: 0.95, holm: false };
  const tables = buildStatTables(collector.finish(), query, { ...levels, units });
  if (tables.length === 0) return;
  io.stdout.write('\n');
  await printStat(tables, { format: 'text', units, levels, report: undefined }, io);
}

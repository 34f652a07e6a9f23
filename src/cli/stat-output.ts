import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { betterOf } from '../compare/better.js';
import type { GateReport } from '../compare/gate.js';
import type { StatTable } from '../compare/stat-table.js';
import type { StatOptions } from '../compare/stat-tables.js';
import type { StatView } from '../compare/stat-view.js';
import type { Verdict } from '../compare/verdict.js';
import { ProfError } from '../error.js';
import type { TextPiece } from '../table/pieces.js';
import type { Paint } from '../table/row-writer.js';
import { BufferedText } from './buffered-text.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { writePieces } from './write-pieces.js';

/** How tables are printed. */
export type StatFormat = 'text' | 'plot' | 'csv' | 'md' | 'html' | 'json';

/** The one format that the options ask for. */
export function statFormat(options: Options): StatFormat {
  const named = options.choice('format', ['text', 'plot', 'csv', 'md', 'html']);
  const asked = new Set<StatFormat>();
  if (named !== undefined) asked.add(named);
  if (options.flag('plot')) asked.add('plot');
  if (options.flag('md')) asked.add('md');
  if (options.flag('json')) asked.add('json');
  const [format = 'text', other] = asked;
  if (other === undefined) return format;
  throw new ProfError('usage', `conflicting options: ${format} and ${other}`, {
    hint: 'Give one of --format, --plot, --md and --json.',
  });
}

/** What is printed besides the tables. */
export interface StatPrinting {
  readonly format: StatFormat;
  readonly units: UnitMetadata;
  readonly levels: StatOptions;
  readonly report: GateReport | undefined;
}

/** Prints the tables. */
export async function printStat(tables: readonly StatTable[], printing: StatPrinting, io: Io): Promise<void> {
  await writePieces(await formatted(tables, printing, io), io.stdout);
}

async function formatted(
  tables: readonly StatTable[],
  { format, units, levels, report }: StatPrinting,
  io: Io,
): Promise<Iterable<TextPiece>> {
  switch (format) {
    case 'text': {
      const { formatStat } = await import('../compare/format-stat.js');
      return formatStat(tables, io.stdout.color ? await painter(units) : undefined);
    }
    case 'plot': {
      const { formatStatPlot } = await import('../compare/stat-plot.js');
      return formatStatPlot(tables, { columns: columnsOf(io), units, paint: await verdictPainter(io) });
    }
    case 'csv':
      return csvPieces(tables, await import('../compare/format-stat.js'), io);
    case 'md':
      return [(await import('../compare/stat-markdown.js')).formatStatMarkdown(await views(tables, units))];
    case 'html':
      return [(await import('../compare/stat-html.js')).formatStatHtml(await views(tables, units))];
    case 'json': {
      const { gateJson, statJson } = await import('../compare/stat-json.js');
      const gate = report === undefined ? {} : { gate: gateJson(report) };
      return [`${JSON.stringify({ ...statJson(tables, units, levels), ...gate }, null, 2)}\n`];
    }
  }
}

/** Tables of single results have several warnings for every row. */
function* csvPieces(
  tables: readonly StatTable[],
  { formatStatAsCsv }: typeof import('../compare/format-stat.js'),
  io: Io,
): Generator<string> {
  const warnings = new BufferedText(io.stderr);
  yield* formatStatAsCsv(tables, (cell, warning) => warnings.add(`${cell}: ${warning}\n`));
  warnings.flush();
}

async function views(tables: readonly StatTable[], units: UnitMetadata): Promise<StatView[]> {
  const { statView } = await import('../compare/stat-view.js');
  return tables.map((table, i) => statView(table, tables[i - 1], units));
}

const leastColumns = 40;

function columnsOf({ stdout, env }: Io): number {
  const named = Number(env['COLUMNS']);
  const isNamed = !stdout.isTerminal && Number.isInteger(named) && named > 0;
  return Math.max(leastColumns, isNamed ? named : stdout.columns);
}

async function verdictPainter({ stdout }: Io): Promise<(text: string, verdict: Verdict) => string> {
  if (!stdout.color) return (text) => text;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const colors = { better: chalk.green, worse: chalk.red, same: (text: string) => text };
  return (text, verdict) => colors[verdict](text);
}

/** Colours changes for the better and for the worse. */
async function painter(units: UnitMetadata): Promise<(table: StatTable) => Paint> {
  const { isDeltaColumn } = await import('../compare/text-columns.js');
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return ({ unit }) => {
    const better = betterOf(unit, units);
    return (column, text) => {
      const sign = /^[+-]/.exec(text)?.[0];
      if (better === undefined || sign === undefined || !isDeltaColumn(column)) return text;
      return (sign === '-') === (better === 'lower') ? chalk.green(text) : chalk.red(text);
    };
  };
}

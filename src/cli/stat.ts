import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import { adviseOn } from '../compare/advice.js';
import { Collector } from '../compare/collect.js';
import type { GateReport, GateRules } from '../compare/gate.js';
import { defaultQuery, parseStatQuery, type StatQueryTexts } from '../compare/stat-query.js';
import type { StatTable } from '../compare/stat-table.js';
import { buildStatTables, type StatOptions } from '../compare/stat-tables.js';
import type { CompilePattern } from '../query/parse-filter.js';
import type { Call, Command } from './command.js';
import { gateGroup, gateRules, levelOf, passGate } from './gate-options.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { ProblemNotes } from './problem-notes.js';
import { readRuns } from './stat-input.js';
import { printStat, statFormat } from './stat-output.js';

/** Compares runs with repetitions: what has changed, and what may be chance. */
export const stat: Command = {
  name: 'stat',
  synopsis: 'stat [options] <run>…',
  summary:
    'Compare runs with repetitions, as benchstat does: medians, their confidence intervals, and whether ' +
    'a difference may be chance.',
  examples: [
    'prof stat mem.3 mem.4',
    'prof stat before=old.txt after=new.txt',
    'prof stat --plot old.txt new.txt',
    'prof stat --fail-over=5% old.txt new.txt',
    'prof stat --col=/format --row=.name run.txt',
    "prof stat --filter='.unit:ns/op /size:(1k OR 4k)' old.txt new.txt",
  ],
  groups: [
    {
      title: 'Select and arrange',
      options: [
        { name: 'filter', value: 'EXPR', help: 'use only results that match (*)' },
        { name: 'table', value: 'KEYS', help: 'a table for each value of these keys (.config)' },
        { name: 'row', value: 'KEYS', help: 'a row for each value of these keys (.fullname)' },
        { name: 'col', value: 'KEYS', help: 'a column for each value of these keys (.file)' },
        { name: 'ignore', value: 'KEYS', help: 'put results together that differ in these keys' },
      ],
    },
    {
      title: 'Judge',
      options: [
        { name: 'alpha', value: 'P', help: 'a difference counts up to this p-value (0.05)' },
        { name: 'confidence', value: 'LEVEL', help: 'confidence of the intervals (0.95)' },
        { name: 'holm', help: 'adjust p-values for the number of comparisons' },
      ],
    },
    gateGroup,
    {
      title: 'Output',
      options: [
        { name: 'format', value: 'FORMAT', help: 'text, plot, csv, md or html (text)' },
        { name: 'plot', help: 'the same as --format=plot: a box plot of each result, in text' },
        { name: 'md', help: 'the same as --format=md: Markdown for a comment on a change' },
        { name: 'json', help: 'print JSON, see docs/formats.md' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'A run is a file, label=file to name its column, or - for standard input. Every column is compared with ' +
    'the first. "~" means that the difference may be chance, "± ∞" that the results are too few for an interval: ' +
    '6 are needed at 0.95, 10 are a good number (`prof bench --count=10`).\n\n' +
    'KEYS are .name, .fullname, .file, .config, /key of names such as /size=1k, /gomaxprocs, and keys of files such as ' +
    'goos; each may have an order: /size@num, pkg@alpha, /format@(gob json). EXPR is key:value, key:/regexp/, ' +
    'key:(a OR b), .unit:ns/op, with AND, OR, - and parentheses. See docs/statistics.md.',
  run,
};

async function run({ args, options }: Call, io: Io): Promise<number> {
  const format = statFormat(options);
  const levels = statLevels(options);
  const rules = gateRules(options, levels.alpha);
  const texts = queryTexts(options);
  const query = parseStatQuery(texts, await patternCompiler(texts.filter));
  const notes = new ProblemNotes(io);
  const collector = new Collector(query, (problem) => notes.note(problem));
  await readRuns(args, collector, io);
  notes.end();
  const { units } = collector.reader;
  const collected = collector.finish();
  if (collected.cells.size === 0) io.stderr.write('prof: no result matches the filter\n');
  for (const { message, hint } of adviseOn(collected, query))
    io.stderr.write(`prof: ${message}\n  ${hint}\n`);
  const tables = buildStatTables(collected, query, { ...levels, units });
  const report = rules && (await judge(tables, units, rules));
  await printStat(tables, { format, units, levels, report }, io);
  if (rules !== undefined && report !== undefined) passGate(report, rules, io);
  return 0;
}

async function judge(
  tables: readonly StatTable[],
  units: UnitMetadata,
  rules: GateRules,
): Promise<GateReport> {
  const { judgeTables } = await import('../compare/stat-gate.js');
  return judgeTables(tables, units, rules);
}

function statLevels(options: Options): StatOptions {
  return {
    alpha: levelOf(options, 'alpha') ?? 0.05,
    confidence: levelOf(options, 'confidence') ?? 0.95,
    holm: options.flag('holm'),
  };
}

function queryTexts(options: Options): StatQueryTexts {
  const text = (name: keyof StatQueryTexts): string => options.text(name) ?? defaultQuery[name];
  return {
    filter: text('filter'),
    table: text('table'),
    row: text('row'),
    col: text('col'),
    ignore: text('ignore'),
  };
}

/** Regular expressions take long to load, and few filters have one. */
async function patternCompiler(filter: string): Promise<CompilePattern> {
  const { compileRe2 } = filter.includes('/') ? await import('../text/regexp.js') : {};
  return (pattern, error) => {
    const compiled = compileRe2?.(pattern) ?? { problem: 'unexpected "/"' };
    if ('test' in compiled) return compiled.test;
    throw error(compiled.problem);
  };
}

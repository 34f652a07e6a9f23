import { compileBenchPattern } from '../bench/bench-pattern.js';
import { readStamp } from '../benchfmt/stamp.js';
import { HistoryCollector, type HistoryRun, type HistorySeries } from '../compare/history.js';
import { ProfError } from '../error.js';
import { tidyUnit } from '../unit/tidy.js';
import type { Call, Command } from './command.js';
import { levelOf } from './gate-options.js';
import type { Io } from './io.js';
import { type Options, wrongValue } from './options.js';
import { ProblemNotes } from './problem-notes.js';
import { readPieces } from './read-input.js';
import { noResults, runKind } from './run-kind.js';

/** Shows benchmarks over many runs. */
export const command: Command = {
  name: 'history',
  synopsis: 'history [options] <run>…',
  summary:
    'Show benchmarks over many saved runs: a plot of each metric, and the runs at which its level changed.',
  examples: [
    'prof history runs/*.txt',
    'prof history --bench Parse --unit sec/op runs/*.txt',
    'prof history --format=html runs/*.txt > history.html',
  ],
  groups: [
    {
      title: 'Select and order',
      options: [
        { name: 'bench', value: 'REGEXP', help: 'show only benchmarks whose name matches' },
        {
          name: 'unit',
          value: 'UNIT',
          repeatable: true,
          help: 'show only this unit, such as sec/op or B/op; may be given several times',
        },
        {
          name: 'order',
          value: 'ORDER',
          help: 'files, or commits by their time [commits where every run is stamped, else files]',
        },
      ],
    },
    {
      title: 'Judge',
      options: [
        { name: 'alpha', value: 'P', help: 'call it a change up to this p [0.05]' },
        {
          name: 'confidence',
          value: 'LEVEL',
          help: 'confidence of the intervals of runs with repetitions [0.95]',
        },
      ],
    },
    {
      title: 'Output',
      options: [
        { name: 'format', value: 'FORMAT', help: 'text, or html: a page that stands alone [text]' },
        { name: 'width', value: 'COLUMNS', help: "columns of text [the terminal's, else 80]" },
        { name: 'json', help: 'print JSON, see docs/formats.md' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'A run is a file of `prof bench` or `go test -bench`; `prof bench --stamp` writes the commit into it. A change is found by ' +
    "Pettitt's test on the runs' medians, which takes eight runs or more; what has no noise, such as allocs/op, changes where its value does.",
  run,
};

async function run({ args, options }: Call, io: Io): Promise<number> {
  const judge = {
    alpha: levelOf(options, 'alpha') ?? 0.05,
    confidence: levelOf(options, 'confidence') ?? 0.95,
    match: matcher(options),
  };
  const order = options.choice('order', ['files', 'commits']);
  const notes = new ProblemNotes(io);
  const collector = new HistoryCollector((problem) => notes.note(problem));
  const read: ReadRun[] = [];
  for (const [i, file] of args.entries())
    read.push({ key: String(i), ...(await readRun(file, String(i), { io, collector })) });
  notes.end();
  const runs = inOrder(read, order);
  const keys = runs.map(({ key }) => key);
  const units = options.list('unit').map((unit) => tidyUnit(unit).unit);
  const series = collector
    .series(keys, judge)
    .filter(({ unit }) => units.length === 0 || units.includes(unit));
  if (series.length === 0) throw nothing(collector.series(keys, { ...judge, match: () => true }));
  io.stdout.write(await formatted(series, runs, { options, io }));
  return 0;
}

interface ReadRun extends HistoryRun {
  /** The run in the collector's words. */
  readonly key: string;
}

interface Reading {
  readonly io: Io;
  readonly collector: HistoryCollector;
}

/** Where a stamp is looked for. */
const headBytes = 1 << 16;

async function readRun(file: string, key: string, { io, collector }: Reading): Promise<HistoryRun> {
  let head = '';
  const { reader } = collector;
  const before = reader.resultCount;
  reader.open({ file, label: key });
  await readPieces(file, io, runKind, (piece) => {
    if (head.length < headBytes) head += Buffer.from(piece.subarray(0, headBytes)).toString('latin1');
    reader.push(piece);
  });
  reader.end();
  if (reader.resultCount === before)
    io.stderr.write(`prof: ${noResults(file, Buffer.from(head, 'latin1')).message}\n`);
  const stamp = readStamp(head);
  return { label: stamp?.commit ?? file, file, commit: stamp?.commit, time: stamp?.time };
}

/** Commits of one time stay in the order of the files. */
function inOrder(runs: readonly ReadRun[], order: string | undefined): readonly ReadRun[] {
  const unstamped = runs.find(({ time }) => time === undefined);
  if (order === 'commits' && unstamped !== undefined) {
    throw new ProfError('usage', `${unstamped.file}: does not say when its commit was made`, {
      hint: '`prof bench --stamp` writes commit and time into the run; without --order the order is that of the files.',
    });
  }
  if (order === 'files' || unstamped !== undefined) return runs;
  return [...runs].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
}

function matcher(options: Options): (name: string) => boolean {
  const text = options.text('bench');
  if (text === undefined) return () => true;
  const pattern = compileBenchPattern(text);
  if ('problem' in pattern) throw wrongValue('bench', text, `a regular expression: ${pattern.problem}`);
  return (name) => pattern.match([name]) === 'whole';
}

function nothing(all: readonly HistorySeries[]): ProfError {
  if (all.length === 0) {
    return new ProfError('bad-bench', 'no benchmark results in these files', {
      hint: 'A run is what `prof bench` prints and saves, such as mem.3: lines like `BenchmarkHi 1000 1662 ns/op`.',
    });
  }
  const names = (of: 'name' | 'unit'): string =>
    [...new Set(all.map((series) => series[of]))].slice(0, 10).join(', ');
  return new ProfError('no-match', 'no benchmark matches --bench and --unit', {
    hint: `There are ${names('name')}, measured in ${names('unit')}.`,
  });
}

async function formatted(
  series: readonly HistorySeries[],
  runs: readonly HistoryRun[],
  { options, io }: { readonly options: Options; readonly io: Io },
): Promise<string> {
  const format = options.choice('format', ['text', 'html']) ?? 'text';
  if (options.flag('json')) return (await import('../compare/history-json.js')).historyJson(series, runs);
  if (format === 'html') return (await import('../compare/history-html.js')).historyHtml(series, runs);
  const { formatHistory } = await import('../compare/history-text.js');
  const { Chalk } = await import('chalk');
  const { color, columns } = io.stdout;
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const width = options.integer('width', 20) ?? Math.max(20, columns);
  const colors = { better: chalk.green, worse: chalk.red, same: chalk.reset } as const;
  return formatHistory(series, runs, { width, paint: (text, verdict) => colors[verdict](text) });
}

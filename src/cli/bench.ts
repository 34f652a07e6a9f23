import { runConfig } from '../bench/machine.js';
import { pathName } from '../bench/names.js';
import { Session } from '../bench/session.js';
import { findVariant, type Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import { checkWritable } from '../file/out-files.js';
import { openAgainst } from './bench-against.js';
import {
  benchOptionGroups,
  benchPattern,
  benchRequest,
  benchTime,
  nodeOptions,
  type OutFiles,
  outFiles,
  parallelThreads,
  timeoutMillis,
} from './bench-options.js';
import { BenchPrinter } from './bench-printer.js';
import { type ProfiledVariant, profileVariant } from './bench-profiles.js';
import { hasFailed, type VariantRun } from './bench-run.js';
import type { Call, Command } from './command.js';
import { interruptible } from './interrupt.js';
import type { Io } from './io.js';
import type { Options } from './options.js';

/** `prof bench`: measure variants, profile them, save the run. */
export const bench: Command = {
  name: 'bench',
  synopsis: 'bench [options] <variant>…',
  summary:
    'Run the benchmarks of variants (folders or files): time, B/op and allocs/op, a CPU profile and a memory profile, each in processes of their own.',
  examples: [
    'prof bench step3',
    'prof bench ./parser --bench Tokenize --count 10',
    'prof bench src/handler.ts --request "GET /hi?color=red"',
  ],
  groups: benchOptionGroups,
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  run: (call, io) => interruptible((signal) => benchCommand(call, io, signal)),
};

async function benchCommand(call: Call, io: Io, signal: AbortSignal): Promise<number> {
  const { options, args } = call;
  const variants = args.map((word) => findVariant(word, io.cwd));
  const several = variants.length > 1 || options.text('against') !== undefined;
  const printer = new BenchPrinter(io, { json: options.flag('json'), several });
  const context: BenchContext = { options, io, signal, printer, several };
  const revision = options.text('against');
  if (revision === undefined) return benchAll([{ variants, cwd: io.cwd }], context);
  const against = await openAgainst(variants, {
    revision,
    setup: options.text('against-setup'),
    cwd: io.cwd,
    signal,
    note: (text) => printer.note(text),
  });
  try {
    return await benchAll([against, { variants, cwd: io.cwd }], context);
  } finally {
    await against.remove();
  }
}

/** What a call of `prof bench` works with. */
interface BenchContext {
  readonly options: Options;
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly printer: BenchPrinter;
  readonly several: boolean;
}

/** Variants that run in one working folder. */
interface Side {
  readonly variants: readonly Variant[];
  readonly cwd: string;
}

/** Measures, profiles and saves the variants of all sides, those of each place beside one another. */
async function benchAll(sides: readonly Side[], context: BenchContext): Promise<number> {
  const { options, printer } = context;
  const count = options.integer('count', 1) ?? 1;
  const runs = await openRuns(sides, context);
  printer.plan(runs, { count, benchTime: benchTime(options) });
  for (let repetition = 0; repetition < count; repetition++) {
    // A B, B A, A B …: a machine that slows down treats both alike.
    for (const run of repetition % 2 === 0 ? runs : [...runs].reverse()) await measureRun(run, printer);
  }
  const profiled: ProfiledVariant[] = [];
  for (const run of runs) profiled.push(await profileVariant(run, (text) => printer.note(text)));
  printer.end(runs, profiled);
  return runs.some(hasFailed) || profiled.some(({ failed }) => failed) ? 1 : 0;
}

async function openRuns(
  sides: readonly Side[],
  { options, io, several, ...context }: BenchContext,
): Promise<VariantRun[]> {
  const sessions = sides.map(({ cwd }) => openSession(cwd, { options, io, several, ...context }));
  const places =
    sides[0]?.variants.map((_, i) => sides.map(({ variants }, side) => ({ side, variant: variants[i] }))) ??
    [];
  const planned = places.flat().flatMap(({ side, variant }) => {
    const session = sessions[side];
    if (variant === undefined || session === undefined) return [];
    return { session, variant, files: outFiles(options, variant, { cwd: io.cwd, several }) };
  });
  checkFiles(planned.map(({ files }) => files));
  const runs: VariantRun[] = [];
  for (const plan of planned) runs.push(await openRun(plan));
  return runs;
}

function openSession(cwd: string, { options, io, signal, printer }: BenchContext): Session {
  return new Session({
    pattern: benchPattern(options),
    benchTime: benchTime(options),
    threads: parallelThreads(options),
    inline: options.flag('inline'),
    nodeOptions: nodeOptions(options, io.cwd),
    request: benchRequest(options),
    timeoutMillis: timeoutMillis(options),
    cwd,
    env: io.env,
    signal,
    onProgress: (progress) => printer.progress(progress),
  });
}

/** Two runs that write one file would lose one of them. */
function checkFiles(files: readonly OutFiles[]): void {
  const seen = new Set<string>();
  for (const path of files.flatMap(({ cpu, mem, save }) => [cpu, mem, save])) {
    if (path === undefined) continue;
    if (seen.has(path)) {
      throw new ProfError('usage', `${path}: would be written twice`, {
        hint: 'Give variants of the same name one by one, or other files by --cpuprofile, --memprofile and --save.',
      });
    }
    seen.add(path);
    checkWritable(path);
  }
}

async function openRun(plan: Pick<VariantRun, 'session' | 'variant' | 'files'>): Promise<VariantRun> {
  const { session, variant } = plan;
  const targets = await session.discover(variant);
  return { ...plan, config: runConfig(variant.folder), targets, results: [], millis: 0 };
}

async function measureRun(run: VariantRun, printer: BenchPrinter): Promise<void> {
  const start = performance.now();
  const failed = new Set(
    run.results.filter(({ kind }) => kind === 'failed').map(({ target }) => pathName(target.path)),
  );
  for (const target of run.targets) {
    if (failed.has(pathName(target.path))) continue;
    for await (const measured of run.session.measure(run.variant, target)) {
      run.results.push(measured);
      printer.result(run, measured);
    }
  }
  run.millis += performance.now() - start;
}

import type { BenchTime } from '../bench/job.js';
import { runConfig } from '../bench/machine.js';
import { pathName } from '../bench/names.js';
import { Session } from '../bench/session.js';
import type { Variant } from '../bench/variant.js';
import { defaultBlockRate } from '../capture/block/block-rate.js';
import { ProfError } from '../error.js';
import { checkWritable } from '../file/out-files.js';
import { headCommit } from '../git/head-commit.js';
import {
  benchPattern,
  benchRequest,
  benchTime,
  nodeOptions,
  type OutFiles,
  outFiles,
  parallelThreads,
  timeoutMillis,
} from './bench-options.js';
import type { BenchPrinter } from './bench-printer.js';
import type { VariantRun } from './bench-run.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import type { RaceSetup } from './race-options.js';

/** What a call of `prof bench` works with. */
export interface BenchContext {
  readonly options: Options;
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly printer: BenchPrinter;
  /** How races are looked for, instead of measuring. */
  readonly race: RaceSetup | undefined;
  readonly several: boolean;
  /** Whether profiles and runs are to be kept in files. */
  readonly writes: boolean;
}

/** Variants that run in one working folder. */
export interface Side {
  readonly variants: readonly Variant[];
  readonly cwd: string;
}

/**
 * Finds the benchmarks of all sides, those of each place beside one another.
 *
 * @throws ProfError `bad-variant` where there are none, `usage` for two runs that write one file, `unwritable`
 */
export async function openRuns(sides: readonly Side[], context: BenchContext): Promise<VariantRun[]> {
  const sessions = sides.map(({ cwd }) => openSession(cwd, context));
  const variants = sides[0]?.variants ?? [];
  const places = variants.flatMap((_, i) => sides.map((side, j) => [side.variants[i], sessions[j]] as const));
  const plans = places.flatMap(([variant, session]) =>
    variant === undefined || session === undefined ? [] : [planOf(variant, session, context)],
  );
  checkFiles(plans.map(({ files }) => files));
  const runs: VariantRun[] = [];
  for (const plan of plans) runs.push(await openRun(plan, context));
  return runs;
}

type RunPlan = Pick<VariantRun, 'session' | 'variant' | 'files'>;

const noFiles: OutFiles = {
  cpu: undefined,
  mem: undefined,
  block: undefined,
  mutex: undefined,
  save: undefined,
};

function planOf(variant: Variant, session: Session, { options, io, several, writes }: BenchContext): RunPlan {
  const files = writes ? outFiles(options, variant, { cwd: io.cwd, several }) : noFiles;
  return { session, variant, files };
}

/** How long each benchmark is run while races are looked for: what races does so in any run. */
const raceTime = '100ms';

/** `--benchtime` of a call. */
export function benchTimeOf({ options, race }: BenchContext): BenchTime {
  return race === undefined ? benchTime(options) : benchTime(options, raceTime);
}

function openSession(cwd: string, context: BenchContext): Session {
  const { options, io, signal, printer, race } = context;
  return new Session({
    pattern: benchPattern(options),
    benchTime: benchTimeOf(context),
    threads: parallelThreads(options, race === undefined ? 1 : 2),
    inline: options.flag('inline'),
    blockRate: options.integer('blockprofilerate', 1) ?? defaultBlockRate,
    memoryLines: options.flag('memprofilemodules') ? 'all' : 'own',
    nodeOptions: nodeOptions(options, io.cwd),
    request: benchRequest(options),
    race: race && { hooks: race.hooks, exitCode: race.options.exitCode },
    timeoutMillis: timeoutMillis(options),
    cwd,
    env: race?.env ?? io.env,
    signal,
    // Reports of races go to the terminal as they come, which a line that is written over would spoil.
    onProgress: (progress) => race === undefined && printer.progress(progress),
  });
}

/** Two runs that write one file would lose one of them. */
function checkFiles(files: readonly OutFiles[]): void {
  const seen = new Set<string>();
  for (const path of files.flatMap(({ cpu, mem, block, mutex, save }) => [cpu, mem, block, mutex, save])) {
    if (path === undefined) continue;
    if (seen.has(path)) {
      throw new ProfError('usage', `${path}: would be written twice`, {
        hint: 'Give variants of the same name one by one, or other files by --cpuprofile, --memprofile, --blockprofile, --mutexprofile and --save.',
      });
    }
    seen.add(path);
    checkWritable(path);
  }
}

async function openRun(plan: RunPlan, { options, signal, race }: BenchContext): Promise<VariantRun> {
  const { session, variant } = plan;
  const stamp = options.flag('stamp') ? await headCommit({ cwd: variant.folder, signal }) : undefined;
  const targets = await session.discover(variant);
  const config = { ...runConfig(variant.folder), ...(race === undefined ? {} : { race: 'on' }) };
  return { ...plan, stamp, config, targets, results: [], millis: 0 };
}

/** Measures the benchmarks of a run once more; those that failed before are left out. */
export async function measureRun(run: VariantRun, printer: BenchPrinter): Promise<void> {
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

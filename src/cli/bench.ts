import { runConfig } from '../bench/machine.js';
import { pathName } from '../bench/names.js';
import { checkWritable } from '../bench/out-files.js';
import { Session } from '../bench/session.js';
import { findVariant, type Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
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
  const several = variants.length > 1;
  const count = options.integer('count', 1) ?? 1;
  const printer = new BenchPrinter(io, { json: options.flag('json'), several });
  const session = new Session({
    pattern: benchPattern(options),
    benchTime: benchTime(options),
    threads: parallelThreads(),
    inline: options.flag('inline'),
    nodeOptions: nodeOptions(options, io.cwd),
    request: benchRequest(options),
    timeoutMillis: timeoutMillis(options),
    cwd: io.cwd,
    env: io.env,
    signal,
    onProgress: (progress) => printer.progress(progress),
  });
  const files = variants.map((variant) => outFiles(options, variant, { cwd: io.cwd, several }));
  checkFiles(files);
  const runs: VariantRun[] = [];
  for (const [i, variant] of variants.entries()) runs.push(await openRun(session, variant, files[i]));
  printer.plan(runs, { count, benchTime: benchTime(options) });
  for (let repetition = 0; repetition < count; repetition++) {
    // A B, B A, A B …: a machine that slows down treats both alike.
    for (const run of repetition % 2 === 0 ? runs : [...runs].reverse())
      await measureRun(session, run, printer);
  }
  const profiled: ProfiledVariant[] = [];
  for (const run of runs) profiled.push(await profileVariant(session, run, (text) => printer.note(text)));
  printer.end(runs, profiled);
  return runs.some(hasFailed) || profiled.some(({ failed }) => failed) ? 1 : 0;
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

async function openRun(session: Session, variant: Variant, files: OutFiles | undefined): Promise<VariantRun> {
  if (files === undefined) throw new TypeError('every variant has its files');
  const targets = await session.discover(variant);
  return { variant, config: runConfig(variant.folder), files, targets, results: [], millis: 0 };
}

async function measureRun(session: Session, run: VariantRun, printer: BenchPrinter): Promise<void> {
  const start = performance.now();
  const failed = new Set(
    run.results.filter(({ kind }) => kind === 'failed').map(({ target }) => pathName(target.path)),
  );
  for (const target of run.targets) {
    if (failed.has(pathName(target.path))) continue;
    for await (const measured of session.measure(run.variant, target)) {
      run.results.push(measured);
      printer.result(run, measured);
    }
  }
  run.millis += performance.now() - start;
}

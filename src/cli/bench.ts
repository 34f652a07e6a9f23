import { findVariant, type Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import { openAgainst } from './bench-against.js';
import { benchOptionGroups } from './bench-options.js';
import { BenchPrinter } from './bench-printer.js';
import { profileVariants } from './bench-profiles.js';
import { hasFailed, racesOf, type VariantRun } from './bench-run.js';
import { type BenchContext, benchTimeOf, measureRun, openRuns, type Side } from './bench-runs.js';
import type { Call, Command } from './command.js';
import { levelOf } from './gate-options.js';
import { interruptible } from './interrupt.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { raceSetup } from './race-options.js';

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
    'prof bench --race step7',
  ],
  groups: benchOptionGroups,
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes: 'The exit status is 0 when all benchmarks ran, 1 when one failed, 66 when a data race\nwas found.\n',
  run: (call, io) => interruptible((signal) => benchCommand(call, io, signal)),
};

async function benchCommand(call: Call, io: Io, signal: AbortSignal): Promise<number> {
  const { options, args } = call;
  const variants = args.map((word) => findVariant(word, io.cwd));
  const several = variants.length > 1 || options.text('against') !== undefined;
  const printer = new BenchPrinter(io, { json: options.flag('json'), several });
  const race = raceSetup(options, io);
  if (race !== undefined) checkRaceAlone(options);
  const writes = race === undefined;
  const context: BenchContext = { options, io, signal, printer, race, several, writes };
  const revision = options.text('against');
  if (options.flag('aa')) return benchWithItself(variants, context);
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

/** What is measured and kept is not what runs while races are looked for. */
const measuringOptions = 'aa against cpuprofile memprofile blockprofile mutexprofile save inline'.split(' ');

function checkRaceAlone(options: Options): void {
  const other = measuringOptions.find((name) => options.text(name) !== undefined || options.flag(name));
  if (other === undefined) return;
  throw new ProfError('usage', `conflicting options: --race and --${other}`, {
    hint: 'Races are looked for in a run of its own, which measures nothing.',
  });
}

async function benchWithItself(variants: readonly Variant[], context: BenchContext): Promise<number> {
  if (context.options.has('against')) {
    throw new ProfError('usage', 'conflicting options: --aa and --against', { hint: 'Give one of them.' });
  }
  const { benchAgainstItself } = await import('./bench-aa.js');
  return benchAgainstItself(variants, context);
}

/** Measures, profiles and saves the variants of all sides, those of each place beside one another. */
async function benchAll(sides: readonly Side[], context: BenchContext): Promise<number> {
  const { options, printer } = context;
  const count = options.integer('count', 1) ?? 1;
  const runs = await openRuns(sides, context);
  printer.plan(runs, { count, benchTime: benchTimeOf(context) });
  for (let repetition = 0; repetition < count; repetition++) {
    // A B, B A, A B …: a machine that slows down treats both alike.
    for (const run of repetition % 2 === 0 ? runs : [...runs].reverse()) await measureRun(run, printer);
  }
  // A profile of each repetition takes as long again, and is of use only to `prof diff`.
  const cpuCount = options.text('cpuprofile') === undefined ? 1 : count;
  const profiled = await profileVariants(runs, { cpuCount, note: (text) => printer.note(text) });
  printer.end(runs, profiled);
  if (context.race === undefined && wantsComparison(context)) await compareVariants(runs, context);
  if (runs.some((run) => racesOf(run) > 0) && context.race?.options.exitCode)
    return context.race.options.exitCode;
  return runs.some(hasFailed) || profiled.some(({ failed }) => failed) ? 1 : 0;
}

/** On a terminal several variants are compared unless it is turned off. */
function wantsComparison({ options, io, several }: BenchContext): boolean {
  return !options.flag('json') && options.flag('compare', several && io.stdout.isTerminal);
}

async function compareVariants(runs: readonly VariantRun[], { options, io }: BenchContext): Promise<void> {
  const { printComparison } = await import('./bench-compare.js');
  await printComparison(runs, levelOf(options, 'alpha') ?? 0.05, io);
}

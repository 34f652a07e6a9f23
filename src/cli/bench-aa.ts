import { pathName } from '../bench/names.js';
import { benchResult } from '../bench/result.js';
import type { Variant } from '../bench/variant.js';
import { formatSelfComparisons } from '../compare/format-self-comparison.js';
import {
  compareWithSelf,
  type SelfComparison,
  type SelfComparisonOptions,
} from '../compare/self-comparison.js';
import { benchTime } from './bench-options.js';
import { hasFailed, type VariantRun } from './bench-run.js';
import { type BenchContext, measureRun, openRuns } from './bench-runs.js';
import { wrongValue } from './options.js';

/** `prof bench --aa`: compares code with itself, to learn what this machine's noise makes of it. */
export async function benchAgainstItself(
  variants: readonly Variant[],
  context: BenchContext,
): Promise<number> {
  const { options, io, printer } = context;
  const comparisons = options.integer('comparisons', 1) ?? 5;
  const judge = { count: options.integer('count', 1) ?? 10, alpha: alphaOf(context) };
  const runs = await openRuns([{ variants, cwd: io.cwd }], { ...context, writes: false });
  const repetitions = 2 * judge.count * comparisons;
  printer.plan(runs, { count: repetitions, benchTime: benchTime(options) });
  for (let i = 0; i < repetitions; i++) for (const run of runs) await measureRun(run, printer);
  const results = runs.flatMap((run) => selfComparisons(run, judge, context.several));
  if (options.flag('json'))
    io.stdout.write(`${JSON.stringify({ ...judge, results: results.map(jsonOf) }, undefined, 2)}\n`);
  else {
    printer.end(runs, []);
    io.stdout.write(formatSelfComparisons(results, judge));
  }
  return runs.some(hasFailed) ? 1 : 0;
}

function alphaOf({ options }: BenchContext): number {
  const alpha = options.number('alpha') ?? 0.05;
  if (alpha <= 0 || alpha >= 1) throw wrongValue('alpha', String(alpha), 'a number between 0 and 1');
  return alpha;
}

/** Each metric of each benchmark of a run. */
function selfComparisons(run: VariantRun, judge: SelfComparisonOptions, several: boolean): SelfComparison[] {
  const series = new Map<string, { name: string; unit: string; values: number[] }>();
  for (const measured of run.results) {
    if (measured.kind !== 'measured') continue;
    const { name, ...result } = benchResult(pathName(measured.target.path), measured.timed, measured.allocs);
    // As they are printed: whole numbers but for the time.
    const bytes = Math.round(result.bytesPerOp ?? 0);
    const allocs = Math.round(result.allocsPerOp ?? 0);
    for (const [unit, value] of Object.entries({
      'ns/op': result.nsPerOp,
      'B/op': bytes,
      'allocs/op': allocs,
    })) {
      const shown = several ? `${run.variant.name} ${name}` : name;
      const known = series.get(`${name} ${unit}`) ?? { name: shown, unit, values: [] };
      known.values.push(value);
      series.set(`${name} ${unit}`, known);
    }
  }
  return [...series.values()].map((one) => compareWithSelf(one, judge));
}

function jsonOf({ leastP, detectable, ...rest }: SelfComparison): unknown {
  return { ...rest, leastP: leastP ?? null, detectable: detectable ?? null };
}

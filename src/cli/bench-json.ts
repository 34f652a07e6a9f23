import { type Doubt, doubts, formatDoubt } from '../bench/doubts.js';
import type { Allocated, BenchTime, Timed } from '../bench/job.js';
import { pathName } from '../bench/names.js';
import { benchResult } from '../bench/result.js';
import type { Measured } from '../bench/session.js';
import type { ProfiledVariant } from './bench-profiles.js';
import type { VariantRun } from './bench-run.js';

type Failed = Extract<Measured, { readonly kind: 'failed' }>;

/** What `benchJson` is to know of the command. */
interface BenchFacts {
  /** Paths of the files that are there. */
  readonly written: ReadonlySet<string>;
  /** How long was to be measured. */
  readonly benchTime: BenchTime;
  /** How often each benchmark was measured. */
  readonly count: number;
}

/**
 * What `prof bench --json` prints; the shape is documented in docs/formats.md.
 */
export function benchJson(
  runs: readonly VariantRun[],
  profiled: readonly ProfiledVariant[],
  { written, benchTime, count }: BenchFacts,
): string {
  const variants = runs.map((run, i) => ({
    variant: run.variant.name,
    config: run.config,
    seconds: run.millis / 1000,
    results: run.results.flatMap((measured) => {
      if (measured.kind !== 'measured') return [];
      const { target, timed, allocs } = measured;
      const { extra, ...result } = benchResult(pathName(target.path), timed, allocs);
      const { threads, batches, p50, p99, drift, warmup, waited } = timed;
      return [
        {
          ...result,
          metrics: Object.fromEntries(extra ?? []),
          threads,
          batches,
          p50,
          p99,
          drift,
          waited,
          warmup,
          allocsSteady: allocs?.steady ?? false,
          warnings: allocs === undefined ? [] : warningsOf(timed, allocs, { benchTime, count }),
        },
      ];
    }),
    failures: run.results.flatMap((measured) => (measured.kind === 'failed' ? [failureOf(measured)] : [])),
    skipped: run.results.flatMap((measured) =>
      measured.kind === 'skipped' ? [{ name: pathName(measured.target.path), reason: measured.reason }] : [],
    ),
    slowdowns: profiled[i]?.slowdowns ?? [],
    profiles: (profiled[i]?.files ?? []).map(({ path }) => path).filter((path) => written.has(path)),
    saved: run.files.save !== undefined && written.has(run.files.save) ? run.files.save : null,
  }));
  return `${JSON.stringify({ variants }, undefined, 2)}\n`;
}

function warningsOf(
  timed: Timed,
  allocs: Allocated,
  { benchTime, count }: Pick<BenchFacts, 'benchTime' | 'count'>,
): (Doubt & { text: string })[] {
  return doubts(timed, allocs, benchTime).map((doubt) => ({ ...doubt, text: formatDoubt(doubt, count) }));
}

function failureOf({ target, message, races }: Failed): { name: string; message: string; races?: number } {
  return { name: pathName(target.path), message, ...(races === 0 ? {} : { races }) };
}

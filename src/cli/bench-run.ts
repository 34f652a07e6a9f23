import type { Measured, Session, Target } from '../bench/session.js';
import type { Variant } from '../bench/variant.js';
import type { RunConfig } from '../benchfmt/format-run.js';
import type { Stamp } from '../benchfmt/stamp.js';
import type { OutFiles } from './bench-options.js';

/** A variant and all that is known of it. */
export interface VariantRun {
  readonly variant: Variant;
  /** What measures it. */
  readonly session: Session;
  readonly config: RunConfig;
  /** The commit that was measured; undefined where it was not asked for. */
  readonly stamp: Stamp | undefined;
  readonly files: OutFiles;
  readonly targets: readonly Target[];
  /** In the order in which they were measured. */
  readonly results: Measured[];
  /** Milliseconds spent on it, profiles included. */
  millis: number;
}

/** Races that were found in the benchmarks of a run. */
export function racesOf(run: VariantRun): number {
  return run.results.reduce((sum, result) => sum + (result.kind === 'failed' ? result.races : 0), 0);
}

/** Whether a benchmark of the run failed. */
export function hasFailed(run: VariantRun): boolean {
  return run.results.some(({ kind }) => kind === 'failed');
}

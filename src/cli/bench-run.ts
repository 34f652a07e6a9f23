import type { Measured, Session, Target } from '../bench/session.js';
import type { Variant } from '../bench/variant.js';
import type { RunConfig } from '../benchfmt/format-run.js';
import type { OutFiles } from './bench-options.js';

/** A variant and all that is known of it. */
export interface VariantRun {
  readonly variant: Variant;
  /** What measures it. */
  readonly session: Session;
  readonly config: RunConfig;
  readonly files: OutFiles;
  readonly targets: readonly Target[];
  /** In the order in which they were measured. */
  readonly results: Measured[];
  /** Milliseconds spent on it. */
  millis: number;
}

/** Whether a benchmark of the run failed. */
export function hasFailed(run: VariantRun): boolean {
  return run.results.some(({ kind }) => kind === 'failed');
}

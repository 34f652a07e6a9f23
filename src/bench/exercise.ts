import type { BenchmarkFunction } from './b.js';
import { Batch, type BatchHost } from './batch.js';
import { type Driver, firstCall } from './driver.js';
import type { BenchmarkPath } from './job.js';
import { UniqueNames } from './names.js';

/** What is done with the benchmark once it is found. */
export type Measure<T> = (driver: Driver) => Promise<T>;

/** How looking for a benchmark ended: it was measured, or it has benchmarks of its own. */
export type Exercised<T> =
  | { readonly kind: 'measured'; readonly value: T }
  | {
      readonly kind: 'subs';
      readonly names: readonly string[];
      /** Why the benchmark around them failed, or undefined. */
      readonly failure: string | undefined;
    };

/** What an exercise needs besides the function. */
export interface ExerciseOptions<T> {
  /** From the exported function's name down to the benchmark wanted. */
  readonly path: BenchmarkPath;
  readonly measure: Measure<T>;
  /** `b.n` of the first call of the benchmark wanted (1). */
  readonly firstN?: number;
  /** How `b.runParallel` is to run its body. */
  readonly runParallel: BatchHost['runParallel'];
}

/**
 * Calls a benchmark function once with n = 1, follows `b.run` down to the benchmark named by
 * `path`, and measures that one where it stands, while what encloses it is set up. A benchmark
 * with sub-benchmarks is not measured itself, as in Go.
 */
export async function exercise<T>(fn: BenchmarkFunction, options: ExerciseOptions<T>): Promise<Exercised<T>> {
  return enter(fn, options, 1);
}

async function enter<T>(
  fn: BenchmarkFunction,
  options: ExerciseOptions<T>,
  depth: number,
): Promise<Exercised<T>> {
  const { path, measure, runParallel } = options;
  const wanted = path[depth];
  const names = new UniqueNames();
  const subs: string[] = [];
  let measured: Exercised<T> | undefined;
  let navigating = true;
  const batch = new Batch(path.slice(0, depth).join('/'), {
    runParallel,
    async run(name, subFn) {
      if (!navigating) return;
      const unique = names.next(name);
      subs.push(unique);
      if (unique === wanted) measured = await enter(subFn, options, depth + 1);
    },
  });
  const driver = await firstCall(batch, fn, depth === path.length ? (options.firstN ?? 1) : 1);
  navigating = false;
  if (measured !== undefined) return measured;
  if (wanted !== undefined) throw new Error(`b.run("${wanted}") was not called this time`);
  if (subs.length > 0) return { kind: 'subs', names: subs, failure: batch.failure };
  return { kind: 'measured', value: await measure(driver) };
}

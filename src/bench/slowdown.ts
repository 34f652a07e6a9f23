import type { JobBenchmark, Profiled } from './job.js';
import { pathName } from './names.js';

/** How a benchmark's speed in the CPU pass compares with that of its timed pass. */
export interface Slowdown {
  readonly name: string;
  /** Nanoseconds an operation while it was profiled. */
  readonly nsPerOp: number;
  /** That over the time of the timed pass: 1.25 is a quarter longer. */
  readonly factor: number;
}

/** The slow-downs of benchmarks, in their order. */
export function slowdownsOf(
  benchmarks: readonly JobBenchmark[],
  profiled: ReadonlyMap<string, Profiled>,
): Slowdown[] {
  return benchmarks.flatMap(({ path, nanosPerOp }) => {
    const name = pathName(path);
    const nsPerOp = profiled.get(name)?.nanosPerOp ?? 0;
    if (!(nsPerOp > 0) || !(nanosPerOp > 0)) return [];
    return [{ name, nsPerOp, factor: nsPerOp / nanosPerOp }];
  });
}

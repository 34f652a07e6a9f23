import type { BenchResult } from '../benchfmt/format-result.js';
import type { Allocated, Timed } from './job.js';

/** A measured benchmark as the line that is printed of it; without allocations where they were not counted. */
export function benchResult(name: string, timed: Timed, allocs: Allocated | undefined): BenchResult {
  const nsPerOp = timed.nanos / timed.iterations;
  const metrics = new Map(Object.entries(timed.metrics));
  const take = (unit: string, measured: number): number => {
    const reported = metrics.get(unit) ?? measured;
    metrics.delete(unit);
    return reported;
  };
  return {
    name: timed.threads > 1 ? `${name}-${timed.threads}` : name,
    iterations: timed.iterations,
    nsPerOp: take('ns/op', nsPerOp),
    mbPerS: take('MB/s', nsPerOp > 0 ? (timed.bytes / nsPerOp) * 1e3 : 0),
    ...(allocs === undefined
      ? {}
      : { bytesPerOp: take('B/op', allocs.bytes), allocsPerOp: take('allocs/op', allocs.objects) }),
    extra: metrics,
  };
}

import type { JobBenchmark, Profiled } from './job.js';
import { pathName } from './names.js';

/** A benchmark that allocates something else in the memory pass than as it is. */
export interface MemoryDifference {
  readonly name: string;
  /** Bytes an operation in the memory profile: V8's heap, nothing inlined, also while the timer stands. */
  readonly profileBytes: number;
  /** B/op: with V8's defaults, memory outside its heap included. */
  readonly bytesPerOp: number;
}

/** Shares of B/op that are not worth a word. */
const tolerance = 0.05;
/** Bytes neither: half an object of V8's smallest. */
const leastBytes = 8;

/**
 * Those that differ by more than 5 % of B/op, in the order of the benchmarks. Not parallel ones: B/op is counted in one thread,
 * and what each thread allocates at the start of a call weighs in a short profile.
 */
export function memoryDifferences(
  benchmarks: readonly JobBenchmark[],
  profiled: ReadonlyMap<string, Profiled>,
): MemoryDifference[] {
  return benchmarks.flatMap(({ path, bytesPerOp, threads }) => {
    const name = pathName(path);
    const record = profiled.get(name);
    if (record === undefined || record.operations === 0 || threads > 1) return [];
    const profileBytes = bytesOf(record) / record.operations;
    const difference = Math.abs(profileBytes - bytesPerOp);
    if (difference <= Math.max(leastBytes, tolerance * bytesPerOp)) return [];
    return [{ name, profileBytes, bytesPerOp }];
  });
}

/** Values of a memory record are objects and bytes. */
function bytesOf({ samples }: Profiled): number {
  return samples.reduce((sum, { values }) => sum + (values[1] ?? 0), 0);
}

/** The difference in a sentence. */
export function formatMemoryDifference({ name, profileBytes, bytesPerOp }: MemoryDifference): string {
  const [inProfile, asItIs] = [Math.round(profileBytes), Math.round(bytesPerOp)];
  return `${name} has ${inProfile} B/op in the memory profile (nothing inlined, V8's heap alone, set-up as well) and ${asItIs} B/op as it is`;
}

import { fieldsOf, linesOf } from '../benchfmt/fields.js';
import { parseFloat64, parseInt64, parseUint64 } from '../unit/parse-number.js';

/** One benchmark of a run. A metric that its line does not have, or not as a number, is absent. */
export interface Measured {
  readonly name: string;
  /** Place among the benchmarks of its run, from 0. */
  readonly order: number;
  readonly nsPerOp?: number;
  readonly mbPerS?: number;
  readonly allocsPerOp?: bigint;
  readonly bytesPerOp?: bigint;
}

/** The benchmarks of a run by name, names in the order of the file; several of one name are repetitions. */
export type Run = ReadonlyMap<string, readonly Measured[]>;

/**
 * Reads a run as benchcmp does: a line counts when its first word starts with `Benchmark` and its
 * second is a whole number; everything else is skipped without a word. Looser than the benchmark
 * format (blanks may stand before the name) and stricter (B/op and allocs/op must be whole).
 */
export function parseRun(text: string): Run {
  const run = new Map<string, Measured[]>();
  let order = 0;
  for (const line of linesOf(text)) {
    const measured = parseLine(line, order);
    if (measured === undefined) continue;
    order++;
    const sameName = run.get(measured.name);
    if (sameName === undefined) run.set(measured.name, [measured]);
    else sameName.push(measured);
  }
  return run;
}

function parseLine(line: string, order: number): Measured | undefined {
  if (!line.includes('Benchmark')) return undefined;
  const [name = '', iterations = '', ...pairs] = fieldsOf(line);
  if (!name.startsWith('Benchmark') || parseInt64(iterations) === undefined) return undefined;
  let measured: Measured = { name, order };
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    measured = { ...measured, ...parseMetric(pairs[i] ?? '', pairs[i + 1] ?? '') };
  }
  return measured;
}

function parseMetric(value: string, unit: string): Partial<Measured> {
  const [number, whole] = [parseFloat64(value), parseUint64(value)];
  if (unit === 'ns/op' && number !== undefined) return { nsPerOp: number };
  if (unit === 'MB/s' && number !== undefined) return { mbPerS: number };
  if (unit === 'allocs/op' && whole !== undefined) return { allocsPerOp: whole };
  if (unit === 'B/op' && whole !== undefined) return { bytesPerOp: whole };
  return {};
}

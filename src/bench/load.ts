import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { BenchmarkFunction } from './b.js';
import { type Benchmark, type Benchmarks, benchmarksOf } from './discover.js';
import { handlerBenchmark } from './handler-benchmark.js';
import type { BenchmarkPath } from './job.js';

/** Imports a file and finds its benchmarks; whatever the file throws is thrown. */
export async function loadBenchmarks(file: string): Promise<Benchmarks> {
  const exports: Record<string, unknown> = await import(pathToFileURL(file).href);
  return benchmarksOf(exports, file, readFileSync(file, 'utf8'));
}

/** The function to call for a benchmark; undefined for a task, which has none to be had. */
export function benchmarkFunction(benchmark: Benchmark, request: string): BenchmarkFunction | undefined {
  if (benchmark.kind === 'function') return benchmark.fn;
  return benchmark.kind === 'handler' ? handlerBenchmark(benchmark.handler, request) : undefined;
}

/** Imports a file and returns the function of the benchmark that `path` starts with. */
export async function loadBenchmark(
  file: string,
  path: BenchmarkPath,
  request: string,
): Promise<BenchmarkFunction> {
  const benchmark = (await loadBenchmarks(file)).get(path[0] ?? '');
  const fn = benchmark === undefined ? undefined : benchmarkFunction(benchmark, request);
  if (fn === undefined) throw new Error(`${file} has no benchmark ${path[0]}`);
  return fn;
}

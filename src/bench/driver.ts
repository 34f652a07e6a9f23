import type { BenchmarkFunction } from './b.js';
import type { Batch } from './batch.js';

/** What one call of a benchmark function took. */
export interface BatchTiming {
  readonly n: number;
  /** Nanoseconds between start and end of its timer. */
  readonly nanos: number;
  /** Nanoseconds from call to return, set-up included. */
  readonly wallNanos: number;
  /** Nanoseconds for which other programs had the processor, where they were left out of both. */
  readonly waitedNanos?: number;
}

/** A benchmark that has been called once and can be called again, batch after batch. */
export interface Driver {
  readonly batch: Batch;
  readonly fn: BenchmarkFunction;
  /** Whether the function gives a promise. */
  readonly isAsync: boolean;
  /** The first call, cold. */
  readonly first: BatchTiming;
}

/** Calls a benchmark whose function is synchronous. */
function callBenchmark(batch: Batch, fn: BenchmarkFunction, n: number): BatchTiming {
  batch.begin(n);
  const result = fn(batch);
  if (result !== undefined && isThenable(result))
    throw new Error('gave a promise in a later call, but none in its first: make the function async');
  const nanos = batch.end();
  return { n, nanos, wallNanos: batch.wallNanos() };
}

/** Calls a benchmark and waits for its end and for all that it started by `b.run` and `b.runParallel`. */
async function callBenchmarkAsync(batch: Batch, fn: BenchmarkFunction, n: number): Promise<BatchTiming> {
  batch.begin(n);
  await fn(batch);
  if (batch.pending !== undefined) await batch.pending;
  const nanos = batch.end();
  return { n, nanos, wallNanos: batch.wallNanos() };
}

/** One call of `driver`'s benchmark with `n` iterations; a promise only where the function gives one. */
export function callBatch(driver: Driver, n: number): BatchTiming | Promise<BatchTiming> {
  return driver.isAsync
    ? callBenchmarkAsync(driver.batch, driver.fn, n)
    : callBenchmark(driver.batch, driver.fn, n);
}

/** V8 notes what a function calls once it has run some kilobytes of bytecode: 20 calls of a driver, in Node 20 to 26. */
const apartRounds = 50;
const others: readonly BenchmarkFunction[] = [() => {}, () => undefined, () => void 0, () => void 1];

/**
 * Keeps V8 from inlining the benchmark into its driver: there a profile would lose it, and it would run as the driver does,
 * which V8 optimises half a second later than the benchmark, with Maglev first. What calls more than one function
 * is not inlined, nor is what a property holds that has held another.
 */
export async function keepApart(driver: { fn: BenchmarkFunction } & Driver): Promise<void> {
  const { fn } = driver;
  for (let round = 0; round < apartRounds; round++) {
    for (const other of others) {
      driver.fn = other;
      await callBatch(driver, 1);
    }
  }
  driver.fn = fn;
}

/** One call of `driver`'s benchmark with `n` iterations; a function that is not asynchronous has run when it returns. */
export async function runBatch(driver: Driver, n: number): Promise<void> {
  const timing = callBatch(driver, n);
  if (driver.isAsync) await timing;
}

/** The first call, which tells whether the function is asynchronous. */
export async function firstCall(batch: Batch, fn: BenchmarkFunction, n: number): Promise<Driver> {
  batch.begin(n);
  const result = fn(batch);
  const isAsync = isThenable(result) || batch.pending !== undefined;
  await result;
  if (batch.pending !== undefined) await batch.pending;
  const nanos = batch.end();
  return { batch, fn, isAsync, first: { n, nanos, wallNanos: batch.wallNanos() } };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

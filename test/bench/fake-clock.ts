import type { BenchmarkFunction } from '../../src/bench/b.js';
import { Batch, type BatchHost } from '../../src/bench/batch.js';
import type { Driver } from '../../src/bench/driver.js';

/** A clock that stands still until it is told. */
export class FakeClock {
  millis = 1000;

  /** Time goes by. */
  pass(nanos: number): void {
    this.millis += nanos / 1e6;
  }

  readonly now = (): number => this.millis;
}

/** A host without sub-benchmarks and threads. */
export const noHost: BatchHost = {
  run: () => Promise.reject(new TypeError('no sub-benchmarks here')),
  runParallel: () => Promise.reject(new TypeError('no threads here')),
};

/** A driver whose function is called on a fake clock; `calls` has `b.n` of each call. */
export function fakeDriver(
  clock: FakeClock,
  fn: BenchmarkFunction,
  { isAsync = false }: { readonly isAsync?: boolean } = {},
): Driver & { readonly calls: number[] } {
  const calls: number[] = [];
  const batch = new Batch('BenchmarkFake', noHost, clock.now);
  const noted: BenchmarkFunction = (b) => {
    calls.push(b.n);
    return fn(b);
  };
  batch.begin(1);
  fn(batch);
  const first = { n: 1, nanos: batch.end(), wallNanos: batch.wallNanos() };
  return { batch, fn: noted, isAsync, first, calls };
}

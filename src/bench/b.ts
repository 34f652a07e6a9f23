/** The body of a parallel benchmark: `while (pb.next()) …`, sync or async. */
export type ParallelBody = (pb: PB) => void | Promise<void>;

/** What a parallel body draws its iterations from. */
export interface PB {
  /** Whether there is one more iteration to run; all threads together get `b.n` of them. */
  next(): boolean;
}

/** A benchmark function: runs what it measures `b.n` times, or while `b.loop()`. */
export type BenchmarkFunction = (b: B) => unknown;

/**
 * What a benchmark function is handed, after Go's `testing.B`.
 * @see https://pkg.go.dev/testing#B
 */
export interface B {
  /** How many iterations this call is to run. */
  readonly n: number;
  /** The benchmark's whole name, such as `BenchmarkHi/size=10`. */
  readonly name: string;
  /** True `b.n` times, then false; the timer is set to zero at its first call and stopped at its last. */
  loop(): boolean;
  /** Sets time and metrics back to zero: what ran until here is not measured. */
  resetTimer(): void;
  /** Stops the clock; `startTimer` lets it go on. */
  stopTimer(): void;
  /** Starts a stopped clock. */
  startTimer(): void;
  /** Nanoseconds measured in this call so far. */
  elapsed(): number;
  /** Bytes processed by one iteration; the result then has MB/s. */
  setBytes(bytes: number): void;
  /** Adds `value unit` to the result; a unit that `prof` prints itself (`ns/op`) is replaced. */
  reportMetric(value: number, unit: string): void;
  /** Kept for those who come from Go: allocations are always reported. */
  reportAllocs(): void;
  /**
   * Runs `fn` as a benchmark of its own, named `NAME/name`. Await it where something is to be
   * closed afterwards; the benchmark around it is then no benchmark itself.
   */
  run(name: string, fn: BenchmarkFunction): Promise<void>;
  /** Runs `body` in several threads that share `b.n` iterations; await or return it. */
  runParallel(body: ParallelBody): Promise<void>;
  /** Keeps a result alive, so that the compiler cannot leave out what made it. */
  keep(value: unknown): void;
  /** Ends this benchmark without a result. */
  skip(reason?: string): never;
  /** Marks this benchmark as failed; it runs on to its end. */
  fail(reason?: string): void;
}

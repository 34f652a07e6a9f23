/** What a benchmark works with; Go's `testing.B`. */
export interface B {
  /** How many times to do the work. */
  readonly n: number;
  /** Whether to do the work once more: `while (b.loop()) …`. */
  loop(): boolean;
  /** Leaves out the time and memory used so far. */
  resetTimer(): void;
  /** As in Go; allocations are always reported. */
  reportAllocs(): void;
  /** Uses a value, so that the compiler cannot leave out the work for it. */
  keep(value: unknown): void;
  /** Lets several threads share the work. */
  runParallel(body: (pb: PB) => Promise<void> | void): Promise<void>;
}

/** A thread's part of a parallel benchmark. */
export interface PB {
  /** Whether to do the work once more. */
  next(): boolean;
}

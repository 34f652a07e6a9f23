/** A function on a stack, and the line of it that was being executed. */
export interface CpuFrame {
  /** As V8 has it; empty for an anonymous function, in parentheses for V8's own (`(garbage collector)`). */
  readonly name: string;
  /** Path, `file:` URL or `node:` name; empty for V8's own. */
  readonly url: string;
  /** 1-based line being executed, 0 unknown. */
  readonly line: number;
  /** 1-based column of what is being executed, in UTF-16 units; undefined where only the line is known. */
  readonly column?: number | undefined;
  /** Where the function starts, 1-based; undefined where the profiler does not say. */
  readonly start: { readonly line: number; readonly column: number } | undefined;
}

/** Ticks that fell on one stack. */
export interface CpuSite {
  /** Root first, V8's own `(root)` left out. */
  readonly stack: readonly CpuFrame[];
  readonly ticks: number;
}

/** What a CPU profiler has recorded. */
export interface CpuRecord {
  readonly sites: readonly CpuSite[];
  readonly periodNanos: number;
  readonly durationNanos: number;
}

/** A CPU profiler of this thread. */
export interface CpuProfiler {
  /** Whether the lines of callers are those that made the call. */
  readonly callLines: boolean;
  start(): void;
  stop(): CpuRecord;
}

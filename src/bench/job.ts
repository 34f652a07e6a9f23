import type { Frame } from '../profile/builder.js';
import type { WarmedUp } from './warm-up.js';

/** Which work a child process does. */
export type PassName =
  | 'discover'
  | 'time'
  | 'race'
  | 'allocs'
  | 'cpu'
  | 'paths'
  | 'heap'
  | 'inuse'
  | 'block'
  | 'mutex';

/** A benchmark's whole name, part by part: `['BenchmarkHi', 'size=10']`. */
export type BenchmarkPath = readonly string[];

/** One benchmark of a job. */
export interface JobBenchmark {
  readonly path: BenchmarkPath;
  /** Iterations of its timed pass; 0 before there was one. */
  readonly iterations: number;
  /** Nanoseconds an iteration in its timed pass. */
  readonly nanosPerOp: number;
  /** Objects an iteration allocates, from its allocations pass. */
  readonly objectsPerOp: number;
  /** Bytes it allocates, from there too. */
  readonly bytesPerOp: number;
  /** Threads that share the work where it is parallel. */
  readonly threads: number;
}

/** How long to measure: `--benchtime`. */
export type BenchTime =
  | { readonly kind: 'millis'; readonly millis: number }
  | { readonly kind: 'iterations'; readonly iterations: number };

/** What a child process is to do; sent to it as JSON. */
export interface Job {
  readonly pass: PassName;
  /** Absolute path of the file with the benchmarks. */
  readonly file: string;
  readonly benchmarks: readonly JobBenchmark[];
  readonly benchTime: BenchTime;
  /** `METHOD path` for a benchmark made of a handler. */
  readonly request: string;
  /** Nanoseconds; `--blockprofilerate`. */
  readonly blockRate: number;
}

/** Where a benchmark comes from: `BenchmarkXxx(b)`, a task of a tinybench `Bench`, or a request handler. */
export type BenchmarkKind = 'function' | 'task' | 'handler';

/** A benchmark that a file offers. */
export interface Found {
  readonly name: string;
  readonly kind: BenchmarkKind;
}

/** The timed pass of one benchmark. */
export interface Timed {
  readonly iterations: number;
  /** Nanoseconds measured, over all iterations, without those for which other programs had the processor. */
  readonly nanos: number;
  readonly batches: number;
  /** Means of batches, nanoseconds an iteration. */
  readonly p50: number;
  readonly p99: number;
  /** How much slower the last third of the batches was than the first, as a share of the first; 0 for few. */
  readonly drift: number;
  readonly warmup: WarmedUp;
  /** Share of the time for which other programs had the processor; 0 where that is not known. */
  readonly waited: number;
  /** Nanoseconds of an iteration of a loop with nothing in it; undefined where the benchmark is much slower. */
  readonly emptyLoopNanos: number | undefined;
  /** Whether it calls `b.loop()`. */
  readonly usesLoop: boolean;
  /** Bytes an iteration processes, 0 when not told. */
  readonly bytes: number;
  /** Threads that shared the work. */
  readonly threads: number;
  /** Whether it has called `b.runParallel`. */
  readonly parallel: boolean;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The allocations of one operation. */
export interface Allocated {
  /** Objects in V8's heap. */
  readonly objects: number;
  /** Bytes in V8's heap and outside of it. */
  readonly bytes: number;
  /** Whether two readings agreed. */
  readonly steady: boolean;
  /** Operations that ran before. */
  readonly warmed: number;
}

/** What a stack of one benchmark cost. */
export interface ProfiledSample {
  /** Leaf first; its root is the benchmark. */
  readonly stack: readonly Frame[];
  /** Ticks, or objects and bytes, or waits and nanoseconds. */
  readonly values: readonly number[];
  /** Beside `bench=`: `thread=` above all. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What a profile pass has recorded of one benchmark. */
export interface Profiled {
  readonly samples: readonly ProfiledSample[];
  readonly durationNanos: number;
  /** Nanoseconds for which a CPU profiler ran and no other program had the processor, of all threads together; 0 otherwise. */
  readonly activeNanos: number;
  /** All ticks of a CPU profile, idle ones and the harness's included; 0 otherwise. */
  readonly ticks: number;
  /** Operations that ran meanwhile. */
  readonly operations: number;
  /** Nanoseconds an operation meanwhile, for the CPU profile; 0 otherwise. */
  readonly nanosPerOp: number;
  /** Whether the lines of callers are those that made the call, and of memory those that allocated. */
  readonly callLines: boolean;
  /** Source maps that could not be used, a sentence part each. */
  readonly problems: readonly string[];
}

/** What a child tells of one benchmark. */
export type Outcome =
  | { readonly kind: 'found'; readonly found: readonly Found[] }
  | {
      readonly kind: 'subs';
      readonly path: BenchmarkPath;
      readonly names: readonly string[];
      /** Why the benchmark around them failed. */
      readonly failure?: string | undefined;
      /** Races that were found in it, where somebody looks for them. */
      readonly races?: number;
    }
  | { readonly kind: 'timed'; readonly path: BenchmarkPath; readonly timed: Timed }
  | { readonly kind: 'allocs'; readonly path: BenchmarkPath; readonly allocs: Allocated }
  | { readonly kind: 'profiled'; readonly path: BenchmarkPath; readonly profiled: Profiled }
  | { readonly kind: 'skipped'; readonly path: BenchmarkPath; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly path: BenchmarkPath;
      readonly message: string;
      readonly hint?: string;
      /** Races that were found, where somebody looks for them. */
      readonly races?: number;
    };

/** What a child sends: what it is about to do, and what came of it. */
export type ChildMessage = { readonly kind: 'begin'; readonly path: BenchmarkPath } | Outcome;

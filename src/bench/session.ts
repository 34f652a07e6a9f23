import { ProfError } from '../error.js';
import type { ChildHooks } from '../run/child-env.js';
import { type PassEnd, runPass } from '../run/pass-child.js';
import type { MarkedFiles } from '../source/transform/marked-lines.js';
import { allocsFlags } from './allocs-pass.js';
import type { BenchMatch, BenchPattern } from './bench-pattern.js';
import { cpuFlags, pathsFlags } from './cpu-pass.js';
import { diedOutcome } from './died-outcome.js';
import { checkNames, loadError, noBenchmarks } from './discover-errors.js';
import { heapFlags } from './heap-pass.js';
import type {
  Allocated,
  BenchmarkPath,
  BenchTime,
  ChildMessage,
  Found,
  Job,
  JobBenchmark,
  Outcome,
  PassName,
  Profiled,
  Timed,
} from './job.js';
import { pathName } from './names.js';
import { raceMessage } from './race-pass.js';
import type { Variant } from './variant.js';

/** How a session of benchmarks is to be run. */
export interface SessionOptions {
  /** `--bench`; undefined runs all. */
  readonly pattern: BenchPattern | undefined;
  readonly benchTime: BenchTime;
  /** Threads of a parallel benchmark, which is measured once for each; at least one number. */
  readonly threads: readonly number[];
  /** Leave inlining on in the CPU pass. */
  readonly inline: boolean;
  /** Nanoseconds; `--blockprofilerate`. */
  readonly blockRate: number;
  /** Whose lines the memory profile tells: the user's own files', or those of packages too. */
  readonly memoryLines: MarkedFiles;
  /** Options of Node and V8 for every child. */
  readonly nodeOptions: readonly string[];
  readonly request: string;
  /** Look for races instead of measuring; undefined for measuring. */
  readonly race: RaceWatch | undefined;
  /** Milliseconds that one pass of one benchmark may take. */
  readonly timeoutMillis: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called when a child is started. */
  readonly onProgress: (progress: Progress) => void;
}

/** How benchmarks are watched for races; `env` hands the detector its options. */
export interface RaceWatch {
  readonly hooks: ChildHooks;
  /** Exit status of a process that had a race; 0 for its own. */
  readonly exitCode: number;
}

/** What is being done now. */
export interface Progress {
  readonly pass: PassName;
  /** Whole name of the benchmark; empty where a pass is for all of them. */
  readonly name: string;
  readonly variant: Variant;
}

/** A benchmark of a variant. */
export interface Target {
  readonly file: string;
  readonly path: BenchmarkPath;
}

/** How measuring one benchmark once has ended. */
export type Measured =
  | {
      readonly kind: 'measured';
      readonly target: Target;
      readonly timed: Timed;
      /** Undefined where races were looked for. */
      readonly allocs: Allocated | undefined;
    }
  | { readonly kind: 'skipped'; readonly target: Target; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly target: Target;
      readonly message: string;
      readonly hint: string | undefined;
      /** Races that were found. */
      readonly races: number;
    };

/** Runs the passes of benchmarks, each in a fresh child process. */
export class Session {
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Nanoseconds; `--blockprofilerate`. */
  get blockRate(): number {
    return this.#options.blockRate;
  }

  /** Whether inlining is left on in the CPU pass. */
  get inline(): boolean {
    return this.#options.inline;
  }

  /**
   * The benchmarks of a variant that `--bench` asks for, in the order of its files.
   *
   * @throws ProfError `bad-variant` where there is none, a file cannot be loaded, or two files have
   * one of the same name; `no-match`
   */
  async discover(variant: Variant): Promise<readonly Target[]> {
    const targets: Target[] = [];
    for (const file of variant.benchFiles) {
      const outcomes = await this.#run(variant, 'discover', file, []);
      const failed = outcomes.find((outcome) => outcome.kind === 'failed');
      if (failed?.kind === 'failed') throw loadError(file, failed);
      const found = outcomes.flatMap((outcome): readonly Found[] =>
        outcome.kind === 'found' ? outcome.found : [],
      );
      targets.push(...found.map(({ name }) => ({ file, path: [name] })));
    }
    if (targets.length === 0) throw noBenchmarks(variant);
    checkNames(variant, targets);
    const wanted = targets.filter(({ path }) => this.#match(path) !== 'no');
    if (wanted.length > 0) return wanted;
    throw new ProfError(
      'no-match',
      `${variant.label}: no benchmark matches "${this.#options.pattern?.text}"`,
      {
        hint: `It has ${targets.map(({ path }) => pathName(path)).join(', ')}.`,
      },
    );
  }

  /**
   * Times a benchmark and counts its allocations, or looks for races in it; a benchmark with sub-benchmarks gives each
   * of them, a parallel one a result for each number of threads.
   */
  async *measure(variant: Variant, target: Target): AsyncGenerator<Measured> {
    const [threads = 1, ...more] = this.#options.threads;
    const timed = await this.#time(variant, target, threads);
    if (timed.kind === 'subs') {
      for (const name of timed.names) {
        const path = [...target.path, name];
        if (this.#match(path) !== 'no') yield* this.measure(variant, { ...target, path });
      }
      if (timed.failure !== undefined)
        yield { kind: 'failed', target, message: timed.failure, hint: undefined, races: timed.races ?? 0 };
      return;
    }
    // Asked for were sub-benchmarks, and there are none.
    if (timed.kind === 'timed' && this.#match(target.path) === 'partial') return;
    yield this.#finish(variant, { ...target, threads }, timed);
    if (timed.kind !== 'timed' || !timed.timed.parallel) return;
    for (const other of more)
      yield this.#finish(variant, { ...target, threads: other }, await this.#time(variant, target, other));
  }

  #time(variant: Variant, target: Target, threads: number): Promise<Exclude<Outcome, { kind: 'found' }>> {
    return this.#pass(variant, this.#options.race === undefined ? 'time' : 'race', target, {
      iterations: 0,
      nanosPerOp: 0,
      objectsPerOp: 0,
      bytesPerOp: 0,
      threads,
    });
  }

  /** What came of a timed pass, with allocations where it measured something. */
  async #finish(
    variant: Variant,
    target: Target & { readonly threads: number },
    timed: Exclude<Outcome, { kind: 'found' }>,
  ): Promise<Measured> {
    switch (timed.kind) {
      case 'timed':
        if (this.#options.race !== undefined)
          return { kind: 'measured', target, timed: timed.timed, allocs: undefined };
        return this.#countAllocs(variant, target, timed.timed);
      case 'skipped':
        return { kind: 'skipped', target, reason: timed.reason };
      case 'failed':
        return failure(target, timed);
      default:
        throw new TypeError(`a timed pass gave "${timed.kind}"`);
    }
  }

  async #countAllocs(
    variant: Variant,
    target: Target & { readonly threads: number },
    timed: Timed,
  ): Promise<Measured> {
    const facts = {
      iterations: timed.iterations,
      nanosPerOp: timed.nanos / timed.iterations,
      objectsPerOp: 0,
      bytesPerOp: 0,
      threads: target.threads,
    };
    const outcome = await this.#pass(variant, 'allocs', target, facts);
    if (outcome.kind === 'allocs') return { kind: 'measured', target, timed, allocs: outcome.allocs };
    if (outcome.kind === 'skipped') return { kind: 'skipped', target, reason: outcome.reason };
    if (outcome.kind === 'failed') return failure(target, outcome);
    throw new TypeError(`an allocations pass gave "${outcome.kind}"`);
  }

  /**
   * One profile pass over benchmarks that were measured before: a child for each file.
   *
   * @returns by whole name; what failed is left out and told by `onFailure`
   */
  async profile(
    variant: Variant,
    pass: 'cpu' | 'paths' | 'heap' | 'inuse' | 'block' | 'mutex',
    benchmarks: readonly (JobBenchmark & { readonly file: string })[],
    onFailure: (path: BenchmarkPath, message: string) => void,
  ): Promise<ReadonlyMap<string, Profiled>> {
    const profiled = new Map<string, Profiled>();
    for (const file of new Set(benchmarks.map((benchmark) => benchmark.file))) {
      let left: readonly JobBenchmark[] = benchmarks.filter((benchmark) => benchmark.file === file);
      while (left.length > 0) {
        const outcomes = await this.#run(variant, pass, file, left);
        for (const outcome of outcomes) {
          if (outcome.kind === 'profiled') profiled.set(pathName(outcome.path), outcome.profiled);
          else if (outcome.kind === 'failed') onFailure(outcome.path, outcome.message);
        }
        // A benchmark that fails ends its child; those behind it get a new one.
        left = left.slice(Math.max(1, outcomes.length));
      }
    }
    return profiled;
  }

  #match(path: BenchmarkPath): BenchMatch {
    return this.#options.pattern?.match(path) ?? 'whole';
  }

  async #pass(
    variant: Variant,
    pass: PassName,
    { file, path }: Target,
    facts: Omit<JobBenchmark, 'path'>,
  ): Promise<Exclude<Outcome, { kind: 'found' }>> {
    const [outcome] = await this.#run(variant, pass, file, [{ path, ...facts }]);
    if (outcome === undefined || outcome.kind === 'found')
      throw new TypeError(`${pass} of ${pathName(path)} gave nothing`);
    return outcome;
  }

  /** Runs a child and collects what it sends; where it dies, what it was at has failed. */
  async #run(
    variant: Variant,
    pass: PassName,
    file: string,
    benchmarks: readonly JobBenchmark[],
  ): Promise<readonly Outcome[]> {
    const { benchTime, blockRate, request, signal, timeoutMillis, cwd, env } = this.#options;
    const [only] = benchmarks;
    const name = only !== undefined && benchmarks.length === 1 ? pathName(only.path) : '';
    this.#options.onProgress({ pass, name, variant });
    const job: Job = { pass, file, benchmarks, benchTime, blockRate, request };
    const outcomes: Outcome[] = [];
    let current: BenchmarkPath | undefined;
    const end = await runPass({
      script: new URL('./child.js', import.meta.url),
      args: [JSON.stringify(job)],
      nodeOptions: [...this.#options.nodeOptions, ...this.#flags(pass)],
      env,
      hooks: {
        ...(pass === 'race' ? this.#options.race?.hooks : {}),
        awaits: pass === 'block',
        // With inlining on, what tells calls apart would be inlined itself.
        calls: pass === 'paths' || (pass === 'cpu' && !this.#options.inline),
        lines: pass === 'heap' || pass === 'inuse' ? this.#options.memoryLines : undefined,
      },
      cwd,
      timeoutMillis,
      signal,
      onMessage: (message) => {
        const told = message as ChildMessage; // our own child
        if (told.kind === 'begin') current = told.path;
        else {
          outcomes.push(told);
          current = undefined;
        }
      },
    });
    if (end.kind === 'aborted') throw new ProfError('interrupted', 'interrupted');
    const last = outcomes.at(-1);
    if (pass === 'race' && last?.kind !== 'failed' && this.#endedByRace(end))
      return [{ kind: 'failed', path: benchmarks[0]?.path ?? [], message: raceMessage, races: 1 }];
    const isWhole = outcomes.length >= Math.max(1, benchmarks.length);
    if (!isWhole && last?.kind !== 'failed')
      outcomes.push(diedOutcome(current ?? benchmarks[outcomes.length]?.path ?? [], end, timeoutMillis));
    return outcomes;
  }

  /** A process that ends at its first race, or has one behind its last word, tells so by its status alone. */
  #endedByRace(end: PassEnd): boolean {
    return end.kind === 'exited' && end.status > 0 && end.status === this.#options.race?.exitCode;
  }

  #flags(pass: PassName): readonly string[] {
    switch (pass) {
      case 'allocs':
        return allocsFlags;
      case 'paths':
        return pathsFlags;
      case 'cpu':
        return cpuFlags({ inline: this.#options.inline });
      case 'heap':
      case 'inuse':
        return heapFlags;
      default:
        return [];
    }
  }
}

function failure(target: Target, failed: Outcome & { readonly kind: 'failed' }): Measured {
  const { message, hint, races = 0 } = failed;
  return { kind: 'failed', target, message, hint, races };
}

import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { cpuFlags } from '../bench/cpu-pass.js';
import { heapFlags } from '../bench/heap-pass.js';
import { type RepairedProfiles, repairProfiles } from '../bench/inlined-profiles.js';
import type { JobBenchmark, Profiled } from '../bench/job.js';
import { formatMemoryDifference, memoryDifferences } from '../bench/memory-difference.js';
import { pathName } from '../bench/names.js';
import { cpuProfile, heapProfile, type ProfileFacts, waitProfile } from '../bench/profiles.js';
import { type Slowdown, slowdownsOf } from '../bench/slowdown.js';
import { defaultBlockRate } from '../capture/block/block-rate.js';
import { hasAddon } from '../capture/cpu.js';
import type { OutFile } from '../file/out-files.js';
import { encodeProfileGzip } from '../profile/encode.js';
import type { VariantRun } from './bench-run.js';

/** The profiles of a variant. */
export interface ProfiledVariant {
  /** What is to be written. */
  readonly files: readonly OutFile[];
  /** How much slower benchmarks were in the CPU pass, where that can be told. */
  readonly slowdowns: readonly Slowdown[];
  /** Whether a benchmark that was measured is missing in one of them. */
  readonly failed: boolean;
}

interface TakenProfile {
  readonly files: readonly OutFile[];
  readonly slowdowns: readonly Slowdown[];
}

/** How profiles are taken. */
export interface ProfilePlan {
  /** CPU profiles of each variant, each in fresh processes; several get a number behind their names. */
  readonly cpuCount: number;
  /** Told what the user should know. */
  readonly note: (text: string) => void;
}

/**
 * Takes the profiles that were asked for, of every variant. Several CPU profiles are taken in turn, as times are: `prof
 * diff` compares them.
 */
export async function profileVariants(
  runs: readonly VariantRun[],
  { cpuCount, note }: ProfilePlan,
): Promise<ProfiledVariant[]> {
  const takings = runs.map((run) => new ProfileTaking(run, note));
  for (let i = 0; i < cpuCount; i++) {
    const suffix = cpuCount === 1 ? '' : `.${String(i + 1).padStart(String(cpuCount).length, '0')}`;
    for (const taking of i % 2 === 0 ? takings : [...takings].reverse())
      await taking.clock(() => taking.takeCpu(suffix));
  }
  for (const taking of takings) await taking.clock(() => taking.takeMemory());
  for (const taking of takings) await taking.clock(() => taking.takeWaits());
  return takings.map((taking) => taking.taken());
}

/** What has been taken of one variant so far. */
class ProfileTaking {
  readonly #run: VariantRun;
  readonly #job: Omit<ProfileJob, 'path'>;
  readonly #files: OutFile[] = [];
  #slowdowns: readonly Slowdown[] = [];
  #failed = false;

  constructor(run: VariantRun, note: (text: string) => void) {
    const onFailure = (text: string): void => {
      this.#failed = true;
      note(text);
    };
    const told = new Set<string>();
    const noteOnce = (text: string): void => {
      if (!told.has(text)) note(text);
      told.add(text);
    };
    this.#run = run;
    this.#job = { benchmarks: measuredBenchmarks(run), note: noteOnce, onFailure };
  }

  /** Adds the time that `take` takes to that spent on the variant. */
  async clock(take: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await take();
    this.#run.millis += performance.now() - start;
  }

  async takeCpu(suffix: string): Promise<void> {
    const path = this.#run.files.cpu;
    if (path === undefined || this.#job.benchmarks.length === 0) return;
    const taken = await takeCpu(this.#run, { ...this.#job, path: path + suffix });
    this.#files.push(...taken.files);
    this.#slowdowns = taken.slowdowns;
  }

  async takeMemory(): Promise<void> {
    const path = this.#run.files.mem;
    if (path === undefined || this.#job.benchmarks.length === 0) return;
    this.#files.push(...(await takeHeap(this.#run, { ...this.#job, path })));
  }

  async takeWaits(): Promise<void> {
    for (const kind of ['block', 'mutex'] as const) {
      const path = this.#run.files[kind];
      if (path === undefined || this.#job.benchmarks.length === 0) continue;
      this.#files.push(...(await takeWaits(this.#run, kind, { ...this.#job, path })));
    }
  }

  taken(): ProfiledVariant {
    return { files: this.#files, slowdowns: this.#slowdowns, failed: this.#failed };
  }
}

type FileBenchmark = JobBenchmark & { readonly file: string };

interface ProfileJob {
  readonly benchmarks: readonly FileBenchmark[];
  readonly path: string;
  readonly note: (text: string) => void;
  readonly onFailure: (text: string) => void;
}

function withoutAddon(callLines: boolean): string {
  const from = 'the addon of the package pprof is not built: the CPU profile comes from node:inspector';
  return callLines ? from : `${from} and has no lines of calls`;
}

async function takeCpu(
  run: VariantRun,
  { benchmarks, path, note, onFailure }: ProfileJob,
): Promise<TakenProfile> {
  const facts = factsOf(run, benchmarks, cpuFlags({ inline: run.session.inline }));
  const profiled = await run.session.profile(
    run.variant,
    'cpu',
    benchmarks,
    failureNote('CPU profile', onFailure),
  );
  if (profiled.size === 0) return { files: [], slowdowns: [] };
  noteProblems(profiled, note);
  if (!hasAddon()) note(withoutAddon([...profiled.values()].every(({ callLines }) => callLines)));
  const slowdowns = slowdownsOf(benchmarks, profiled);
  const notes: string[] = [];
  let whole = profiled;
  if (run.session.inline) {
    const noteFailure = failureNote('callers of inlined functions', note);
    const paths = await run.session.profile(run.variant, 'paths', benchmarks, noteFailure);
    const repaired = repairProfiles(profiled, paths);
    notes.push(inlinedText(repaired));
    note(`${basename(path)}: ${inlinedText(repaired)}`);
    whole = repaired.profiled;
  }
  const profile = cpuProfile(whole, { ...facts, slowdowns, notes });
  return { files: [{ path, content: encodeProfileGzip(profile) }], slowdowns };
}

function inlinedText({ repairedPercent, spreadPercent }: RepairedProfiles): string {
  const [repaired, spread] = [repairedPercent.toFixed(1), spreadPercent.toFixed(1)];
  return `${repaired} % of the samples were put back into inlined functions, ${spread} % more spread over them`;
}

async function takeHeap(
  run: VariantRun,
  { benchmarks, path, note, onFailure }: ProfileJob,
): Promise<readonly OutFile[]> {
  const facts = factsOf(run, benchmarks, heapFlags);
  const noteFailure = failureNote('memory profile', onFailure);
  const allocated = await run.session.profile(run.variant, 'heap', benchmarks, noteFailure);
  const inUse = await run.session.profile(run.variant, 'inuse', benchmarks, noteFailure);
  if (allocated.size === 0) return [];
  noteProblems(allocated, note);
  for (const difference of memoryDifferences(benchmarks, allocated))
    note(`${basename(path)}: ${formatMemoryDifference(difference)}`);
  return [{ path, content: encodeProfileGzip(heapProfile(allocated, inUse, facts)) }];
}

async function takeWaits(
  run: VariantRun,
  kind: 'block' | 'mutex',
  { benchmarks, path, note, onFailure }: ProfileJob,
): Promise<readonly OutFile[]> {
  const profiled = await run.session.profile(
    run.variant,
    kind,
    benchmarks,
    failureNote(`${kind} profile`, onFailure),
  );
  if (profiled.size === 0) return [];
  noteProblems(profiled, note);
  const rate = kind === 'block' ? run.session.blockRate : defaultBlockRate;
  const facts = { ...factsOf(run, benchmarks, []), rate };
  return [{ path, content: encodeProfileGzip(waitProfile(profiled, facts)) }];
}

/** Source maps that could not be used, each once. */
function noteProblems(profiled: ReadonlyMap<string, Profiled>, note: (text: string) => void): void {
  const problems = [...profiled.values()].flatMap((each) => each.problems);
  for (const problem of new Set(problems)) note(`${problem}; lines are those of the generated file`);
}

function failureNote(
  what: string,
  note: (text: string) => void,
): (path: readonly string[], message: string) => void {
  return (path, message) => note(`${pathName(path)}: no ${what}: ${message}`);
}

function factsOf(
  run: VariantRun,
  benchmarks: readonly FileBenchmark[],
  flags: readonly string[],
): ProfileFacts {
  return {
    file: benchmarks[0]?.file ?? run.variant.folder,
    variant: run.variant.name,
    flags,
    timeNanos: BigInt(Date.now()) * 1_000_000n,
  };
}

/** What was measured, each once, by its last repetition. */
function measuredBenchmarks(run: VariantRun): FileBenchmark[] {
  const byName = new Map<string, FileBenchmark>();
  for (const measured of run.results) {
    if (measured.kind !== 'measured') continue;
    const { target, timed, allocs } = measured;
    byName.set(pathName(target.path), {
      ...target,
      iterations: timed.iterations,
      nanosPerOp: timed.nanos / timed.iterations,
      objectsPerOp: allocs?.objects ?? 0,
      bytesPerOp: allocs?.bytes ?? 0,
      threads: timed.threads,
    });
  }
  return [...byName.values()];
}

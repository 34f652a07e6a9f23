import { cpuFlags } from '../bench/cpu-pass.js';
import { heapFlags } from '../bench/heap-pass.js';
import type { JobBenchmark } from '../bench/job.js';
import { pathName } from '../bench/names.js';
import { writeWhole } from '../bench/out-files.js';
import { cpuProfile, heapProfile, type ProfileFacts } from '../bench/profiles.js';
import type { Session } from '../bench/session.js';
import { encodeProfileGzip } from '../profile/encode.js';
import type { VariantRun } from './bench-run.js';

/** The profiles of a variant that were written. */
export interface ProfiledVariant {
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** Takes the profiles that were asked for and writes them; `note` is told what the user should know. */
export async function profileVariant(
  session: Session,
  run: VariantRun,
  note: (text: string) => void,
): Promise<ProfiledVariant> {
  const benchmarks = measuredBenchmarks(run);
  const files: string[] = [];
  if (benchmarks.length === 0) return { files };
  if (run.files.cpu !== undefined) {
    const written = await writeCpu(session, run, { benchmarks, path: run.files.cpu, note });
    if (written) files.push(run.files.cpu);
  }
  if (run.files.mem !== undefined) {
    const written = await writeHeap(session, run, { benchmarks, path: run.files.mem, note });
    if (written) files.push(run.files.mem);
  }
  return { files };
}

type FileBenchmark = JobBenchmark & { readonly file: string };

interface ProfileJob {
  readonly benchmarks: readonly FileBenchmark[];
  readonly path: string;
  readonly note: (text: string) => void;
}

async function writeCpu(
  session: Session,
  run: VariantRun,
  { benchmarks, path, note }: ProfileJob,
): Promise<boolean> {
  const facts = factsOf(run, benchmarks, cpuFlags({ inline: session.inline }));
  const profiled = await session.profile(run.variant, 'cpu', benchmarks, failureNote('CPU profile', note));
  if (profiled.size === 0) return false;
  if ([...profiled.values()].some(({ callLines }) => !callLines)) {
    note(
      'the addon of the package pprof is not built: the CPU profile comes from node:inspector and has no lines of calls',
    );
  }
  writeWhole(path, encodeProfileGzip(cpuProfile(profiled, facts)));
  return true;
}

async function writeHeap(
  session: Session,
  run: VariantRun,
  { benchmarks, path, note }: ProfileJob,
): Promise<boolean> {
  const facts = factsOf(run, benchmarks, heapFlags);
  const onFailure = failureNote('memory profile', note);
  const allocated = await session.profile(run.variant, 'heap', benchmarks, onFailure);
  const inUse = await session.profile(run.variant, 'inuse', benchmarks, onFailure);
  if (allocated.size === 0) return false;
  writeWhole(path, encodeProfileGzip(heapProfile(allocated, inUse, facts)));
  return true;
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
      objectsPerOp: allocs.objects,
    });
  }
  return [...byName.values()];
}

import { resolve } from 'node:path';
import { CallTables } from '../capture/call-tables.js';
import type { ProgramCpuRecord } from '../capture/program-cpu-record.js';
import {
  type ProgramFacts,
  programCpuProfile,
  programHeapProfile,
  programWaitProfile,
} from '../capture/program-profile.js';
import { restoreCallers } from '../capture/restore-callers.js';
import type { Profile } from '../profile/profile.js';
import type { Program, ProgramRun } from './program.js';
import type { Recorded, RecordingKind } from './recording-plan.js';

/** The profiles of a program's run; undefined what was not recorded, or not by the main thread. */
export type ProgramProfiles = Readonly<Partial<Record<RecordingKind, Profile>>>;

/** Makes profiles of what the threads of a program have recorded. */
export function programProfiles(program: Program, run: ProgramRun): ProgramProfiles {
  const { cpu, heap, block, mutex } = program.plan;
  const facts = factsOf(program, run);
  const cpuThreads = withCalls(program, threadsOf(run, 'cpu'));
  const heapThreads = threadsOf(run, 'heap');
  const blockThreads = threadsOf(run, 'block');
  const mutexThreads = threadsOf(run, 'mutex');
  return {
    ...(cpu === undefined || cpuThreads.length === 0 ? {} : { cpu: programCpuProfile(cpuThreads, facts) }),
    ...(heap === undefined || heapThreads.length === 0
      ? {}
      : { heap: programHeapProfile(heapThreads, { ...facts, ...heap }) }),
    ...(block === undefined || blockThreads.length === 0
      ? {}
      : { block: programWaitProfile(blockThreads, { ...facts, ...block }) }),
    ...(mutex === undefined || mutexThreads.length === 0
      ? {}
      : { mutex: programWaitProfile(mutexThreads, { ...facts, ...mutex }) }),
  };
}

/** What is wrong with the reports of a run, a line each. */
export function problemsOf({ reports }: ProgramRun): string[] {
  return reports.flatMap(({ thread, problems }) => problems.map((problem) => `${thread}: ${problem}`));
}

interface NamedRecord<T> {
  readonly thread: string;
  readonly record: T;
}

/** The records of one kind; none without the main thread's, which is most of the program. */
function threadsOf<K extends RecordingKind>(
  { reports }: ProgramRun,
  kind: K,
): NamedRecord<NonNullable<Recorded[K]>>[] {
  const threads: NamedRecord<NonNullable<Recorded[K]>>[] = [];
  for (const { thread, recorded } of reports) {
    const record = recorded[kind];
    if (record !== undefined) threads.push({ thread, record });
  }
  return threads[0]?.thread === 'main' ? threads : [];
}

/**
 * What V8 does not tell and the text does: callers that were lost, and lines of calls where a profiler knows none. With
 * inlining on, other callers are missing as well, and the text says nothing.
 */
function withCalls(
  { flags }: Program,
  threads: readonly NamedRecord<ProgramCpuRecord>[],
): readonly NamedRecord<ProgramCpuRecord>[] {
  if (!flags.includes('--no-turbo-inlining')) return threads;
  const tables = new CallTables();
  return threads.map(({ thread, record }) => {
    const sites = restoreCallers(record.sites);
    if (record.callLines) return { thread, record: { ...record, sites } };
    const told = sites.map(({ stack, ticks }) => ({ stack: tables.withCallLines(stack), ticks }));
    return { thread, record: { ...record, sites: told, callLines: 'by text' } };
  });
}

function factsOf({ script, cwd, flags, plan }: Program, run: ProgramRun): ProgramFacts {
  return {
    script: resolve(cwd, script),
    timeNanos: BigInt(run.startMillis) * 1_000_000n,
    durationNanos: run.durationMillis * 1e6,
    remarks: [`# flags: ${flags.join(' ') || 'none'}`, ...problemsOf(run).map((problem) => `# ${problem}`)],
    awaitsTimed: plan.block !== undefined,
  };
}

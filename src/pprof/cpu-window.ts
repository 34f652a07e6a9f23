import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import { cpuProfiler } from '../capture/cpu.js';
import { InspectorCpuProfiler } from '../capture/cpu-inspector.js';
import type { CpuProfiler, CpuRecord } from '../capture/cpu-record.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { WorkerCpuProfilers } from '../capture/worker-cpu.js';
import { isProgramWorker } from './own-workers.js';

/** A tick a millisecond. */
const intervalMicros = 1000;

/** What a thread did, and whether lines of callers are those of the calls. */
export type ThreadCpu = ThreadRecord<CpuRecord & { readonly callLines: boolean }>;

/**
 * Profiles all threads of the process for some time; a worker that calls it profiles itself only.
 *
 * @throws AbortError when `signal` is aborted; profiling has stopped then
 */
export async function profileCpu(seconds: number, signal: AbortSignal): Promise<readonly ThreadCpu[]> {
  const own = startOwn();
  const workers = isMainThread ? new WorkerCpuProfilers(intervalMicros, isProgramWorker) : undefined;
  workers?.start();
  const thread = isMainThread ? 'main' : `worker-${threadId}`;
  const waited = await sleep(seconds * 1000, undefined, { signal }).catch((error: unknown) => error);
  const record = { ...own.stop(), callLines: own.callLines };
  if (waited !== undefined) {
    workers?.cancel();
    throw waited;
  }
  return [{ thread, record }, ...((await workers?.stop()) ?? [])];
}

/** The addon serves one at a time; where the program itself uses it, the inspector's profiler does. */
function startOwn(): CpuProfiler {
  const best = cpuProfiler(intervalMicros);
  try {
    best.start();
    return best;
  } catch {
    const other = new InspectorCpuProfiler(intervalMicros);
    other.start();
    return other;
  }
}

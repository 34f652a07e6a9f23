import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import { BlockProfiler } from '../capture/block/block.js';
import type { BlockSite } from '../capture/block/block-recorder.js';
import { MutexProfiler } from '../capture/block/mutex.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { contention } from '../sync/contention.js';
import { BusyError } from './busy.js';
import { isProgramWorker } from './own-workers.js';
import { WorkerWaits } from './worker-waits.js';

/** Where threads wait, or where they hold locks that others wait for. */
export type WaitKind = 'block' | 'mutex';

/**
 * Records the waits of all threads of the process for some time; a worker that calls it records itself only.
 *
 * @param rate - nanoseconds; see `Sampling`
 * @throws BusyError where `prof run` records them; AbortError when `signal` is aborted
 */
export async function profileWaits(
  kind: WaitKind,
  {
    seconds,
    rate,
    signal,
  }: { readonly seconds: number; readonly rate: number; readonly signal: AbortSignal },
): Promise<readonly ThreadRecord<readonly BlockSite[]>[]> {
  if ((kind === 'block' ? contention.observer : contention.holders) !== undefined)
    throw new BusyError(`${kind} profiling already in use`);
  const own = kind === 'block' ? new BlockProfiler(rate) : new MutexProfiler(rate);
  const workers = isMainThread ? new WorkerWaits(kind, isProgramWorker) : undefined;
  own.start();
  workers?.start(rate);
  const thread = isMainThread ? 'main' : `worker-${threadId}`;
  const waited = await sleep(seconds * 1000, undefined, { signal }).catch((error: unknown) => error);
  const record = own.stop();
  const others = (await workers?.stop()) ?? [];
  if (waited !== undefined) throw waited;
  return [{ thread, record }, ...others];
}

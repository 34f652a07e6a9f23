// Loaded into a worker by its inspector, see `WorkerWaits`: records where that thread waits.
import { BlockProfiler } from '../capture/block/block.js';
import type { BlockSite } from '../capture/block/block-recorder.js';
import { MutexProfiler } from '../capture/block/mutex.js';
import type { Recorder } from '../capture/recorder.js';
import type { WaitKind } from './wait-window.js';

const recorders = new Map<WaitKind, Recorder<readonly BlockSite[]>>();

/** Begins; what was going on of the same kind is given up. */
export function start(kind: WaitKind, rate: number): void {
  stop(kind);
  const recorder = kind === 'block' ? new BlockProfiler(rate) : new MutexProfiler(rate);
  recorders.set(kind, recorder);
  recorder.start();
}

/** Ends; what was recorded, as JSON. */
export function stop(kind: WaitKind): string {
  const sites = recorders.get(kind)?.stop() ?? [];
  recorders.delete(kind);
  return JSON.stringify(sites);
}

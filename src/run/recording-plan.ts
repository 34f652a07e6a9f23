import { BlockProfiler } from '../capture/block/block.js';
import { MutexProfiler } from '../capture/block/mutex.js';
import type { HeapWindowKind } from '../capture/heap.js';
import type { Recorder } from '../capture/recorder.js';
import { CpuRecorder, HeapRecorder } from '../capture/recorders.js';

/** What each thread of a program is to record. */
export interface RecordingPlan {
  readonly cpu?: { readonly intervalMicros: number };
  readonly heap?: { readonly rate: number; readonly kind: HeapWindowKind };
  /** Where it waits; nanoseconds, see `Sampling`. */
  readonly block?: { readonly rate: number };
  /** Where it gives back locks that others wait for. */
  readonly mutex?: { readonly rate: number };
}

/** What can be recorded. */
export type RecordingKind = keyof RecordingPlan;

/** All of it, in the order in which profiles are written. */
export const recordingKinds: readonly RecordingKind[] = ['cpu', 'heap', 'block', 'mutex'];

/** What the recorders of a plan give. */
export interface Recorded {
  readonly cpu?: ReturnType<CpuRecorder['stop']>;
  readonly heap?: ReturnType<HeapRecorder['stop']>;
  readonly block?: ReturnType<BlockProfiler['stop']>;
  readonly mutex?: ReturnType<MutexProfiler['stop']>;
}

/** The recorders of one thread, by what they record; those whose starting is to be seen least come last. */
export function recordersOf(plan: RecordingPlan): Partial<Record<RecordingKind, Recorder>> {
  return {
    ...(plan.block === undefined ? {} : { block: new BlockProfiler(plan.block.rate) }),
    ...(plan.mutex === undefined ? {} : { mutex: new MutexProfiler(plan.mutex.rate) }),
    ...(plan.heap === undefined ? {} : { heap: new HeapRecorder(plan.heap) }),
    ...(plan.cpu === undefined ? {} : { cpu: new CpuRecorder(plan.cpu.intervalMicros) }),
  };
}

import type { HeapWindowKind } from '../capture/heap.js';
import type { Recorder } from '../capture/recorder.js';
import { CpuRecorder, HeapRecorder } from '../capture/recorders.js';

/** What each thread of a program is to record. */
export interface RecordingPlan {
  readonly cpu?: { readonly intervalMicros: number };
  readonly heap?: { readonly rate: number; readonly kind: HeapWindowKind };
}

/** What can be recorded. */
export type RecordingKind = keyof RecordingPlan;

/** All of it, in the order in which profiles are written. */
export const recordingKinds: readonly RecordingKind[] = ['cpu', 'heap'];

/** What the recorders of a plan give. */
export interface Recorded {
  readonly cpu?: ReturnType<CpuRecorder['stop']>;
  readonly heap?: ReturnType<HeapRecorder['stop']>;
}

/** The recorders of one thread, by what they record; those whose starting is to be seen least come last. */
export function recordersOf(plan: RecordingPlan): Partial<Record<RecordingKind, Recorder>> {
  return {
    ...(plan.heap === undefined ? {} : { heap: new HeapRecorder(plan.heap) }),
    ...(plan.cpu === undefined ? {} : { cpu: new CpuRecorder(plan.cpu.intervalMicros) }),
  };
}

import { BlockProfiler } from '../capture/block/block.js';
import type { BlockSite } from '../capture/block/block-recorder.js';
import { MutexProfiler } from '../capture/block/mutex.js';
import { cpuProfiler } from '../capture/cpu.js';
import type { CpuRecord } from '../capture/cpu-record.js';
import { type HeapSite, HeapWindow, type HeapWindowKind } from '../capture/heap.js';
import type { Recorder } from '../capture/recorder.js';
import { type MarkMode, setMarkMode } from '../source/transform/line-slot.js';
import { collectGarbage } from './garbage.js';

/** What a thread of a benchmark is to record. */
export type ThreadProfile =
  | { readonly kind: 'block' | 'mutex'; readonly rate: number }
  | { readonly kind: 'cpu'; readonly intervalMicros: number }
  | { readonly kind: 'heap'; readonly window: HeapWindowKind; readonly marks: MarkMode };

/** What comes of it, by its kind. */
export interface ThreadRecords {
  readonly block: readonly BlockSite[];
  readonly mutex: readonly BlockSite[];
  readonly cpu: CpuRecord & { readonly callLines: boolean };
  readonly heap: readonly HeapSite[];
}

/** Records in the thread that asks. */
export function threadRecorder<P extends ThreadProfile>(profile: P): Recorder<ThreadRecords[P['kind']]>;
export function threadRecorder(profile: ThreadProfile): Recorder<ThreadRecords[keyof ThreadRecords]> {
  switch (profile.kind) {
    case 'block':
      return new BlockProfiler(profile.rate);
    case 'mutex':
      return new MutexProfiler(profile.rate);
    case 'cpu':
      return cpuRecorder(profile.intervalMicros);
    case 'heap':
      return heapRecorder(profile.window, profile.marks);
  }
}

function cpuRecorder(intervalMicros: number): Recorder<ThreadRecords['cpu']> {
  const profiler = cpuProfiler(intervalMicros);
  const { callLines } = profiler;
  return { start: () => profiler.start(), stop: () => ({ ...profiler.stop(), callLines }) };
}

/** Every object of the last segment; of what is in use, after a collection before and one behind. */
function heapRecorder(kind: HeapWindowKind, marks: MarkMode): Recorder<ThreadRecords['heap']> {
  let window: HeapWindow | undefined;
  return {
    start: () => {
      if (kind === 'in use') collectGarbage();
      setMarkMode(marks);
      window = new HeapWindow(kind);
    },
    stop: () => {
      if (kind === 'in use') collectGarbage();
      const sites = window?.close().at(-1) ?? [];
      setMarkMode('dropped');
      return sites;
    },
  };
}

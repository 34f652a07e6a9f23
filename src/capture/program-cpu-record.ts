import type { CpuRecord } from './cpu-record.js';

/** What a thread of a program has recorded of its time. */
export interface ProgramCpuRecord extends CpuRecord {
  /** Whether the lines of callers are those that made the call: by the profiler, or as far as the text tells them. */
  readonly callLines: boolean | 'by text';
}

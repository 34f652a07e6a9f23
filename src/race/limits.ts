import { header } from './layout.js';
import { atomics } from './native.js';

/** What there may be too much of. Behind a limit races are missed; what is reported stays right. */
export type Limit = 'threads' | 'buffers' | 'memory' | 'accesses';

/** What is said of each limit that a program has met, a bit each. */
const notices: Readonly<Record<Limit, string>> = {
  threads: 'more than 127 threads at once: from then on no race was reported',
  buffers: 'more than 131071 shared buffers: those made later were not looked at',
  memory: 'the memory for what is known of accesses was used up: some were not looked at',
  accesses: 'more than 2.1 billion accesses were noted: those of some threads after that were not looked at',
};
const limits = Object.keys(notices) as readonly Limit[]; // its keys are the limits

/** Notes that a limit was met. */
export function noteLimit(memory: Int32Array, limit: Limit): void {
  const bit = 1 << limits.indexOf(limit);
  if ((memory[header.limits]! & bit) === 0) atomics.or(memory, header.limits, bit);
}

/** Whether a limit was met. */
export function hasMet(memory: Int32Array, limit: Limit): boolean {
  return (memory[header.limits]! & (1 << limits.indexOf(limit))) !== 0;
}

/** What is to be said of the limits that were met, a line each; empty where there was none. */
export function limitNotices(memory: Int32Array): string {
  const met = limits.filter((_, index) => (memory[header.limits]! & (1 << index)) !== 0);
  return met.map((limit) => `prof: race detector: ${notices[limit]}\n`).join('');
}

import { contention } from './contention.js';
import type { LockCall } from './waiting.js';

/** How long others have waited for what is about to be given back, in nanoseconds; 0 while nobody wants to know. */
export function waitedFor({ meter }: LockCall): number {
  return contention.holders === undefined ? 0 : meter.take();
}

/** Tells whoever wants to know that it was given back. */
export function tellReleased({ name, memory }: LockCall, nanos: number): void {
  if (nanos > 0) contention.holders?.released(name, memory, nanos);
}

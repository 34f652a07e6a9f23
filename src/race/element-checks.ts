import type { PlainAccesses } from './plain-access.js';
import type { RaceThread } from './thread.js';
import type { MarkedView } from './view.js';

/** Told of an access to `view[key]` by the code that does it. */
export type ElementCheck = (view: MarkedView, key: unknown, origin: number) => void;

/** What a check falls back to. */
export interface SlowAccess {
  readonly accesses: PlainAccesses;
  /** For keys that are no index of the mark's cells. */
  readonly other: ElementCheck;
}

// These stand in the loops of programs: V8 puts them in there and takes what `const` holds around them for constants, the
// shadow's address and length above all. Shifts and `| 0` spare it looking for overflows, of which there are none: cells are at most
// 2^30 words.

/** Notes reads; nothing is done where the thread has read or written the element since its last release. */
export function readCheck(given: RaceThread, { accesses, other }: SlowAccess): ElementCheck {
  const thread = given;
  const { memory } = given;
  const reads = accesses;
  const others = other;
  return (view, key, origin) => {
    const mark = view.$prof;
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) {
      const { low, span } = thread;
      const cell = (mark.base + (key << 2)) | 0; // `cellWords` is 4
      if ((memory[cell + 1]! - low) >>> 0 <= span || (memory[cell]! - low) >>> 0 <= span) return;
      if ((memory[cell + 2]! - low) >>> 0 <= span) return;
      reads.inView(mark, key, origin);
    } else others(view, key, origin);
  };
}

/** Notes writes; nothing is done where the thread has written the element since its last release. */
export function writeCheck(given: RaceThread, { accesses, other }: SlowAccess): ElementCheck {
  const thread = given;
  const { memory } = given;
  const writes = accesses;
  const others = other;
  return (view, key, origin) => {
    const mark = view.$prof;
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) {
      const { low, span } = thread;
      if ((memory[(mark.base + (key << 2)) | 0]! - low) >>> 0 <= span) return;
      writes.inView(mark, key, origin);
    } else others(view, key, origin);
  };
}

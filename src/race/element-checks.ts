import type { PlainWord } from './access.js';
import { extraWord } from './cell.js';
import { atomics, loadBehind } from './native.js';
import type { PlainAccesses } from './plain-access.js';
import { own, type RaceThread } from './thread.js';
import { type MarkedView, markKey, type ViewMark } from './view.js';

type FirstAccess = (mark: ViewMark, key: number, origin: number) => void;

/** Told of an access to `view[key]` by the code that does it. */
export type ElementCheck = (view: MarkedView, key: unknown, origin: number) => void;

/** Whether nothing is to be noted of an access to `view[key]`, for the thread has done so since its last release. */
export type NotedCheck = (view: MarkedView, key: unknown) => boolean;

/** What a check falls back to. */
export interface SlowAccess {
  readonly kind: PlainWord;
  readonly accesses: PlainAccesses;
  /** For keys that are no index of the mark's cells. */
  readonly other: ElementCheck;
}

// These stand in the loops of programs: V8 puts them in there and takes what `const` holds around them for constants, the
// shadow's address and length above all. Shifts and `| 0` spare it looking for overflows, of which there are none: cells are at most
// 2^30 words.

/** Tells whether the thread has read or written an element since its last release. */
export function notedReads({ memory, own: epochs }: RaceThread): NotedCheck {
  return (view, key) => {
    const mark = view[markKey];
    if (typeof key !== 'number' || key >>> 0 !== key || key >= mark.length) return false;
    const low = epochs[own.low]!;
    const span = epochs[own.span]! >>> 0;
    const cell = (mark.base + (key << 2)) | 0; // `cellWords` is 4
    return (
      (memory[cell + 1]! - low) >>> 0 <= span ||
      (memory[cell]! - low) >>> 0 <= span ||
      (memory[cell + 2]! - low) >>> 0 <= span
    );
  };
}

/** Tells whether the thread has written an element since its last release. */
export function notedWrites({ memory, own: epochs }: RaceThread): NotedCheck {
  return (view, key) => {
    const mark = view[markKey];
    if (typeof key !== 'number' || key >>> 0 !== key || key >= mark.length) return false;
    const low = epochs[own.low]!;
    const span = epochs[own.span]! >>> 0;
    return (memory[(mark.base + (key << 2)) | 0]! - low) >>> 0 <= span;
  };
}

/** Notes reads; nothing is done where the thread has read or written the element since its last release. */
export function readCheck(thread: RaceThread, slow: SlowAccess): ElementCheck {
  return elementCheck(notedReads(thread), firstRead(thread, slow), slow);
}

/** Notes writes; nothing is done where the thread has written the element since its last release. */
export function writeCheck(thread: RaceThread, slow: SlowAccess): ElementCheck {
  return elementCheck(notedWrites(thread), firstWrite(thread, slow), slow);
}

function elementCheck(isNoted: NotedCheck, note: FirstAccess, { other: others }: SlowAccess): ElementCheck {
  return (view, key, origin) => {
    if (isNoted(view, key)) return;
    const mark = view[markKey];
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) note(mark, key, origin);
    else others(view, key, origin);
  };
}

/** Whether an epoch is nobody's, or of the thread in `slot`. */
function isOwn(epoch: number, slot: number): boolean {
  return epoch === 0 || epoch >>> 24 === slot;
}

// The first access of an element since a release does in one go, where nobody else has touched it, what `publishWrite` and
// `publishRead` do in the same order; all else is left to `PlainAccesses`.

/** Notes a write and checks it. */
function firstWrite(given: RaceThread, { kind, accesses }: SlowAccess): FirstAccess {
  const thread = given;
  const { memory } = given;
  const { exchange } = atomics;
  const [word, writes] = [kind, accesses];
  return (mark, key, origin) => {
    if (thread.isSilent) return;
    const cell = (mark.base + (key << 2)) | 0;
    const epoch = thread.epoch(word, origin);
    const { slot } = thread;
    const before = exchange(memory, cell, epoch);
    const first = loadBehind(memory, cell + 1);
    const second = loadBehind(memory, cell + 2);
    const isAlone = isOwn(before, slot) && isOwn(first, slot) && isOwn(second, slot);
    if (isAlone && memory[cell + extraWord] === 0 && memory[mark.sizes] === 1 << mark.plane) return;
    writes.written(mark, key, { epoch, before });
  };
}

/** Notes a read and checks it. */
function firstRead(given: RaceThread, { kind, accesses }: SlowAccess): FirstAccess {
  const thread = given;
  const { memory } = given;
  const { compareExchange } = atomics;
  const [word, reads] = [kind, accesses];
  return (mark, key, origin) => {
    if (thread.isSilent) return;
    const cell = (mark.base + (key << 2)) | 0;
    const epoch = thread.epoch(word, origin);
    const { slot } = thread;
    const before = loadBehind(memory, cell + 1);
    const isNoted = isOwn(before, slot) && compareExchange(memory, cell + 1, before, epoch) === before;
    const isAlone = isNoted && isOwn(loadBehind(memory, cell), slot);
    if (isAlone && memory[cell + extraWord] === 0 && memory[mark.sizes] === 1 << mark.plane) return;
    reads.inView(mark, key, origin);
  };
}

import { maxSeq } from './epoch.js';
import { atomics, loadBehind } from './native.js';

// The cell of an element: the epochs of its last accesses.
//
//   +0 writer   the last plain write
//   +1 reader   a plain read …
//   +2 reader   … and one of another thread, unordered with it
//   +3 extra    index of the element's sync variable; 0 while it has none
//
// Publish first, check second, all sequentially consistent: of two accesses that run at the same time at
// least one sees the other (Dekker's argument; test/race/interleaving.test.ts tries all orders).

/** Words of a cell. */
export const cellWords = 4;
/** Where in a cell the index of its sync variable stands. */
export const extraWord = 3;

/** The clock of the thread that accesses. */
export interface Viewpoint {
  /** The shadow memory. */
  readonly memory: Int32Array;
  /** Index of the thread's vector clock. */
  readonly clock: number;
  /** The thread's slot. */
  readonly slot: number;
}

/** Whether the access of `epoch` is another thread's and did not happen before now. */
function isUnordered({ memory, clock, slot }: Viewpoint, epoch: number): boolean {
  const other = epoch >>> 24;
  return other !== 0 && other !== slot && (epoch & maxSeq) > memory[clock + other]!;
}

/**
 * Notes a write and looks for accesses that it races with.
 *
 * @param cell - index of the element's cell
 * @param epoch - the thread's own
 * @returns the epoch of such an access, 0 where there is none
 */
export function publishWrite(view: Viewpoint, cell: number, epoch: number): number {
  return racingWithWrite(view, cell, atomics.exchange(view.memory, cell, epoch));
}

/** What a write that has been noted races with; `before` is the epoch of the write that the cell had. */
export function racingWithWrite(view: Viewpoint, cell: number, before: number): number {
  return isUnordered(view, before) ? before : racingReader(view, cell);
}

/** A read of the cell that is unordered with now; 0 where there is none. */
export function racingReader(view: Viewpoint, cell: number): number {
  const first = loadBehind(view.memory, cell + 1);
  if (isUnordered(view, first)) return first;
  const second = loadBehind(view.memory, cell + 2);
  return isUnordered(view, second) ? second : 0;
}

/** The write of the cell where it is unordered with now, else 0. */
export function racingWriter(view: Viewpoint, cell: number): number {
  const writer = loadBehind(view.memory, cell);
  return isUnordered(view, writer) ? writer : 0;
}

/**
 * Notes a read.
 *
 * A read that happened before this one may be forgotten: whoever races with it races with this one as well.
 *
 * @returns whether there was room; where two unordered readers hold the cell the caller notes it elsewhere
 */
export function publishRead(view: Viewpoint, cell: number, epoch: number): boolean {
  return takeReader(view, cell + 1, epoch) || takeReader(view, cell + 2, epoch);
}

function takeReader(view: Viewpoint, place: number, epoch: number): boolean {
  for (;;) {
    const before = loadBehind(view.memory, place);
    if (isUnordered(view, before)) return false;
    if (atomics.compareExchange(view.memory, place, before, epoch) === before) return true;
  }
}

import { extraWord, publishRead, publishWrite, racingReader, racingWriter } from './cell.js';
import { seqOf } from './epoch.js';
import { allocateSyncVar, header } from './layout.js';
import { atomics } from './native.js';
import { cellAt, getCell, hasPlane, type Plane, planes } from './region.js';
import { acquire, lockSyncVar, noteIn, racingIn, release, tables, unlockSyncVar } from './sync-var.js';
import type { RaceThread } from './thread.js';

/** An element of a shared buffer. */
export interface Element {
  readonly region: number;
  readonly plane: Plane;
  /** Offset in the buffer, in elements of the plane's size. */
  readonly index: number;
}

/** Told of two accesses without order: the one that is about to be, and the epoch of the other. */
export type OnRace = (race: Conflict) => void;

/** An access that races with another. */
export interface Conflict {
  readonly element: Element;
  readonly kind: AccessWord;
  readonly site: number;
  readonly epoch: number;
  /** Epoch of the access before, in whichever size it was. */
  readonly previous: number;
}

/** What an access does, in the words of the report. */
export type AccessWord =
  | 'read'
  | 'write'
  | 'read-modify-write'
  | 'atomic read'
  | 'atomic write'
  | 'atomic read-modify-write';

type AtomicWord = AccessWord & `atomic ${string}`;

/** What an atomic operation is. */
interface AtomicOperation<T> {
  readonly site: number;
  readonly operate: () => T;
  /** Whether it has written, given its result. */
  readonly wrote: (result: T) => boolean;
}

interface AtomicAccess {
  readonly kind: AtomicWord;
  readonly element: Element;
  readonly site: number;
  readonly cell: number;
}

/** Checks accesses of one thread against those of all others. */
export class Accesses {
  readonly #thread: RaceThread;
  readonly #onRace: OnRace;

  constructor(thread: RaceThread, onRace: OnRace) {
    this.#thread = thread;
    this.#onRace = onRace;
  }

  /** A plain access. */
  plain(kind: 'read' | 'write' | 'read-modify-write', element: Element, site: number): void {
    const thread = this.#thread;
    if (thread.isSilent) return;
    const cell = cellAt(thread.memory, element.region, element.plane, element.index);
    if (cell === 0) return;
    const epoch = thread.epoch(kind, site);
    const previous =
      kind === 'read'
        ? this.#read(cell, epoch)
        : publishWrite(thread, cell, epoch) || this.#racingAtomic(cell, 'write');
    const found = previous || this.#overlapping(element, kind === 'read' ? 'read' : 'write');
    if (found !== 0) this.#onRace({ element, kind, site, epoch, previous: found });
  }

  /** An atomic operation, which is done while nobody else is at the element: its order is that of the releases. */
  atomic<T>(kind: AtomicWord, element: Element, { site, operate, wrote }: AtomicOperation<T>): T {
    const thread = this.#thread;
    const cell = cellAt(thread.memory, element.region, element.plane, element.index);
    const at = this.syncVar(cell);
    const isWatched = cell !== 0 && !thread.isShared(at) && !thread.isSilent;
    const note = (table: number): void => this.#noteAtomic({ kind, element, site, cell }, at, table);
    if (isWatched) note(kind === 'atomic write' ? tables.atomicWrites : tables.atomicReads);
    const key = lockSyncVar(thread, at);
    const result = operate();
    const written = kind !== 'atomic read' && wrote(result);
    // A compareExchange that fails is only a read.
    if (isWatched && written && kind !== 'atomic write') note(tables.atomicWrites);
    if (kind !== 'atomic write') acquire(thread, at);
    if (written) {
      thread.beforeRelease();
      release(thread, at);
    }
    unlockSyncVar(thread.memory, at, key);
    if (written) thread.released();
    return result;
  }

  /** The sync variable of a cell, made where it has none; the one for all others where memory is used up. */
  syncVar(cell: number): number {
    const { memory } = this.#thread;
    if (cell !== 0) {
      const known = atomics.load(memory, cell + extraWord);
      if (known !== 0) return known;
      const made = allocateSyncVar(memory);
      if (made !== 0) return atomics.compareExchange(memory, cell + extraWord, 0, made) || made;
    }
    return memory[header.fallback]!;
  }

  #read(cell: number, epoch: number): number {
    const thread = this.#thread;
    if (!publishRead(thread, cell, epoch)) {
      const at = this.syncVar(cell);
      if (!thread.isShared(at)) noteIn(thread, at + tables.plainReads, seqOf(epoch));
    }
    return racingWriter(thread, cell) || this.#racingAtomic(cell, 'read');
  }

  #noteAtomic({ kind, element, site, cell }: AtomicAccess, at: number, table: number): void {
    const thread = this.#thread;
    const epoch = thread.epoch(kind, site);
    const does = table === tables.atomicReads ? 'read' : 'write';
    noteIn(thread, at + table, seqOf(epoch));
    const previous =
      racingWriter(thread, cell) ||
      (does === 'write' ? racingReader(thread, cell) || racingIn(thread, at + tables.plainReads) : 0) ||
      this.#overlapping(element, does);
    if (previous !== 0) this.#onRace({ element, kind, site, epoch, previous });
  }

  /** An atomic access of the cell, or a read that it has no room for, that a plain access races with. */
  #racingAtomic(cell: number, does: 'read' | 'write'): number {
    const thread = this.#thread;
    const at = atomics.load(thread.memory, cell + extraWord);
    if (at === 0) return 0;
    const write = racingIn(thread, at + tables.atomicWrites);
    if (write !== 0 || does === 'read') return write;
    return racingIn(thread, at + tables.atomicReads) || racingIn(thread, at + tables.plainReads);
  }

  /** An access of another size that touches the same bytes. */
  #overlapping({ region, plane, index }: Element, does: 'read' | 'write'): number {
    const { memory } = this.#thread;
    const first = index * 2 ** plane;
    const end = first + 2 ** plane;
    for (const other of planes) {
      if (other === plane || !hasPlane(memory, region, other)) continue;
      for (let at = Math.floor(first / 2 ** other); at * 2 ** other < end; at++) {
        const cell = getCell(memory, region, other, at);
        const found = cell === 0 ? 0 : this.#racing(cell, does);
        if (found !== 0) return found;
      }
    }
    return 0;
  }

  #racing(cell: number, does: 'read' | 'write'): number {
    const thread = this.#thread;
    const writer = racingWriter(thread, cell);
    if (writer !== 0) return writer;
    const reader = does === 'write' ? racingReader(thread, cell) : 0;
    return reader || this.#racingAtomic(cell, does);
  }
}

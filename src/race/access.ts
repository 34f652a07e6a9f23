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

export type AtomicWord = AccessWord & `atomic ${string}`;

/** Where an atomic operation is done. */
interface AtomicPlace {
  readonly site: number;
  readonly cell: number;
  /** Whether it may turn out to have written nothing. */
  readonly isConditional: boolean;
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

  /**
   * Before an atomic operation: notes it, and keeps everybody else from the element until `leaveAtomic`, so that
   * operations are ordered as they are noted.
   *
   * @param cell - of the element; 0 where it has none
   * @returns the sync variable that the operation is at
   */
  enterAtomic(kind: AtomicWord, element: Element, { site, cell, isConditional }: AtomicPlace): number {
    const thread = this.#thread;
    const at = this.syncVar(cell);
    if (cell !== 0 && !thread.isSilent && !thread.isShared(at)) {
      const reads = kind === 'atomic read' || isConditional;
      this.#noteAtomic({ kind, element, site, cell }, at, reads ? tables.atomicReads : tables.atomicWrites);
    }
    this.#key = lockSyncVar(thread, at);
    return at;
  }

  /** A compareExchange has written: until then it was only a read. */
  noteExchanged(element: Element, { site, cell, at }: { site: number; cell: number; at: number }): void {
    if (cell === 0 || this.#thread.isSilent || this.#thread.isShared(at)) return;
    this.#noteAtomic({ kind: 'atomic read-modify-write', element, site, cell }, at, tables.atomicWrites);
  }

  /** After an atomic operation: takes in what the writer of what was read knew, and gives on what this thread knows. */
  leaveAtomic(at: number, { read, wrote }: { readonly read: boolean; readonly wrote: boolean }): void {
    const thread = this.#thread;
    if (read) acquire(thread, at);
    if (wrote) {
      thread.beforeRelease();
      release(thread, at);
    }
    unlockSyncVar(thread.memory, at, this.#key);
    if (wrote) thread.released();
  }

  /** By what the sync variable that this thread is in is left. */
  #key = 0;

  /** The sync variable of a cell, made where it has none; the one for all others where memory is used up. */
  syncVar(cell: number): number {
    const { memory } = this.#thread;
    if (cell !== 0) {
      const known = memory[cell + extraWord]!; // set once: what is not seen yet is found below
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
    const at = thread.memory[cell + extraWord]!;
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

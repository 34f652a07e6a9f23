import { extraWord, racingReader, racingWriter } from './cell.js';
import { allocateSyncVar, header } from './layout.js';
import { atomics } from './native.js';
import { getCell, type Plane, planes, sizesAt } from './region.js';
import { racingIn, tables } from './sync-var.js';
import type { RaceThread } from './thread.js';

/** An element of a shared buffer. */
export interface Element {
  readonly region: number;
  readonly plane: Plane;
  /** Offset in the buffer, in elements of the plane's size. */
  readonly index: number;
}

/** An access that races with another. */
export interface Conflict {
  readonly element: Element;
  readonly kind: AccessWord;
  readonly epoch: number;
  /** Epoch of the access before, in whichever size it was. */
  readonly previous: number;
}

/** Told of two accesses without order: the one that is about to be, and the epoch of the other. */
export type OnRace = (race: Conflict) => void;

/** What a plain access does, in the words of the report. */
export type PlainWord = 'read' | 'write' | 'read-modify-write';

/** What an operation of Atomics does. */
export type AtomicWord = `atomic ${PlainWord}`;

/** What an access does. */
export type AccessWord = PlainWord | AtomicWord;

/** Looks for accesses of other threads that those of this one race with. */
export class Accesses {
  readonly thread: RaceThread;
  readonly onRace: OnRace;

  constructor(thread: RaceThread, onRace: OnRace) {
    this.thread = thread;
    this.onRace = onRace;
  }

  /** The sync variable of a cell, made where it has none; the one for all others where memory is used up. */
  syncVar(cell: number): number {
    const { memory } = this.thread;
    if (cell !== 0) {
      const known = memory[cell + extraWord]!; // set once: what is not seen yet is found below
      if (known !== 0) return known;
      const made = allocateSyncVar(memory);
      if (made !== 0) return atomics.compareExchange(memory, cell + extraWord, 0, made) || made;
    }
    return memory[header.fallback]!;
  }

  /** An atomic access of the cell, or a read that it has no room for, that a plain access races with. */
  racingAtomic(cell: number, does: 'read' | 'write'): number {
    const { thread } = this;
    const at = thread.memory[cell + extraWord]!;
    if (at === 0) return 0;
    const write = racingIn(thread, at + tables.atomicWrites);
    if (write !== 0 || does === 'read') return write;
    return racingIn(thread, at + tables.atomicReads) || racingIn(thread, at + tables.plainReads);
  }

  /** An access of another size that touches the same bytes. */
  overlapping({ region, plane, index }: Element, does: 'read' | 'write'): number {
    const { memory } = this.thread;
    const others = memory[sizesAt(region)]! & ~(1 << plane);
    if (others === 0) return 0;
    const first = index * 2 ** plane;
    const end = first + 2 ** plane;
    for (const other of planes) {
      if ((others & (1 << other)) === 0) continue;
      for (let at = Math.floor(first / 2 ** other); at * 2 ** other < end; at++) {
        const cell = getCell(memory, region, other, at);
        const found = cell === 0 ? 0 : this.#racing(cell, does);
        if (found !== 0) return found;
      }
    }
    return 0;
  }

  #racing(cell: number, does: 'read' | 'write'): number {
    const { thread } = this;
    const writer = racingWriter(thread, cell);
    if (writer !== 0) return writer;
    const reader = does === 'write' ? racingReader(thread, cell) : 0;
    return reader || this.racingAtomic(cell, does);
  }
}

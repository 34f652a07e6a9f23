import type { Accesses, Element, PlainWord } from './access.js';
import { cellWords, publishRead, publishWrite, racingWithWrite, racingWriter } from './cell.js';
import { seqOf } from './epoch.js';
import { atomics } from './native.js';
import { cellAt } from './region.js';
import { tables } from './sync-var.js';
import type { ViewMark } from './view.js';

/** Plain accesses of one kind by one thread: notes them and checks them against those of all others. */
export class PlainAccesses {
  readonly #kind: PlainWord;
  readonly #does: 'read' | 'write';
  readonly #accesses: Accesses;

  constructor(kind: PlainWord, accesses: Accesses) {
    this.#kind = kind;
    this.#does = kind === 'read' ? 'read' : 'write';
    this.#accesses = accesses;
  }

  /**
   * An element of a view.
   *
   * @param index - in the view; below the length of the mark where its cells are known
   * @param origin - as `RaceThread.epoch` takes it
   */
  inView(mark: ViewMark, index: number, origin: number): void {
    const { thread } = this.#accesses;
    if (index >= mark.length) {
      this.element(elementOf(mark, index), origin);
      return;
    }
    if (thread.isSilent) return;
    const epoch = thread.epoch(this.#kind, origin);
    const found = this.#publish(mark.base + index * cellWords, epoch);
    if (found !== 0 || thread.memory[mark.sizes] !== 1 << mark.plane)
      this.#finish(elementOf(mark, index), epoch, found);
  }

  /**
   * A write to an element of a view that has been noted, and is to be checked.
   *
   * @param before - the epoch that the cell had
   */
  written(mark: ViewMark, index: number, { epoch, before }: { epoch: number; before: number }): void {
    const cell = mark.base + index * cellWords;
    const found =
      racingWithWrite(this.#accesses.thread, cell, before) || this.#accesses.racingAtomic(cell, 'write');
    this.#finish(elementOf(mark, index), epoch, found);
  }

  /** An element of a buffer. */
  element(element: Element, origin: number): void {
    const { thread } = this.#accesses;
    if (thread.isSilent || element.region === 0) return;
    const cell = cellAt(thread.memory, element.region, element.plane, element.index);
    if (cell === 0) return;
    const epoch = thread.epoch(this.#kind, origin);
    this.#finish(element, epoch, this.#publish(cell, epoch));
  }

  #finish(element: Element, epoch: number, found: number): void {
    const previous = found || this.#accesses.overlapping(element, this.#does);
    if (previous !== 0) this.#accesses.onRace({ element, kind: this.#kind, epoch, previous });
  }

  /** Notes an access; the epoch of one of the same size that it races with, or 0. */
  #publish(cell: number, epoch: number): number {
    const { thread } = this.#accesses;
    if (this.#does === 'write')
      return publishWrite(thread, cell, epoch) || this.#accesses.racingAtomic(cell, 'write');
    if (!publishRead(thread, cell, epoch)) this.#noteElsewhere(cell, epoch);
    return racingWriter(thread, cell) || this.#accesses.racingAtomic(cell, 'read');
  }

  /** A read that the cell has no room for. */
  #noteElsewhere(cell: number, epoch: number): void {
    const { thread } = this.#accesses;
    const at = this.#accesses.syncVar(cell);
    if (!thread.isShared(at))
      atomics.store(thread.memory, at + tables.plainReads + thread.slot, seqOf(epoch));
  }
}

/** An element of a view, with the view for the report. */
export function elementOf(mark: ViewMark, index: number): Element & { readonly mark: ViewMark } {
  return { region: mark.region, plane: mark.plane, index: mark.first + index, mark };
}

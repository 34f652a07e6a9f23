import type { Accesses, AtomicWord } from './access.js';
import { cellWords, racingReader, racingWriter } from './cell.js';
import { seqOf } from './epoch.js';
import { atomics } from './native.js';
import { elementOf } from './plain-access.js';
import { cellAt } from './region.js';
import { acquire, lockSyncVar, noteIn, racingIn, release, tables, unlockSyncVar } from './sync-var.js';
import type { ViewMark } from './view.js';

/** Whether an operation has written: where it fails, compareExchange is only a read. */
export type Outcome = 'wrote' | 'only read' | 'did nothing';

/**
 * Operations of Atomics of one kind by one thread, one at a time: `enter`, the operation itself, `leave`. Everybody
 * else is kept from the element in between, so that operations are ordered as they are noted.
 */
export class AtomicAccesses {
  readonly #kind: AtomicWord;
  readonly #isConditional: boolean;
  readonly #accesses: Accesses;
  /** The operation that is going on: its sync variable, and by what that is left. */
  #at = 0;
  #key = 0;
  #cell = 0;
  #epoch = 0;

  /** @param when - whether it may turn out to have written nothing */
  constructor(kind: AtomicWord, when: 'always' | 'conditionally', accesses: Accesses) {
    this.#kind = kind;
    this.#isConditional = when === 'conditionally';
    this.#accesses = accesses;
  }

  /** The operation is about to be done, on an element of a view. */
  enter(mark: ViewMark, index: number, origin: number): void {
    const accesses = this.#accesses;
    const { thread } = accesses;
    const cell = index < mark.length ? mark.base + index * cellWords : farCell(thread.memory, mark, index);
    const at = accesses.syncVar(cell);
    const isNoted = cell !== 0 && !thread.isSilent && !thread.isShared(at);
    if (isNoted) this.#epoch = thread.epoch(this.#kind, origin);
    this.#key = lockSyncVar(thread, at);
    this.#at = at;
    this.#cell = isNoted ? cell : 0;
    // Not before the lock: whoever writes until then is still to be ordered by what this operation reads.
    if (isNoted) this.#note();
  }

  #note(): void {
    const { thread } = this.#accesses;
    const seq = seqOf(this.#epoch);
    // What writes keeps later loads behind itself; a load does not.
    if (this.#isConditional) noteIn(thread, this.#at + tables.atomicReads, seq);
    else if (this.#kind !== 'atomic read') noteIn(thread, this.#at + tables.atomicWrites, seq);
    // One that is noted already has long been seen.
    else if (thread.memory[this.#at + tables.atomicReads + thread.slot] !== seq)
      atomics.store(thread.memory, this.#at + tables.atomicReads + thread.slot, seq);
  }

  /**
   * It has been done: takes in what the writer of what was read knew, and gives on what this thread knows. What that
   * writer did before, also plainly to the same element, is then no race.
   */
  leave(mark: ViewMark, index: number, outcome: Outcome): void {
    const { thread } = this.#accesses;
    const at = this.#at;
    const wrote = outcome === 'wrote';
    if (wrote && this.#isConditional) this.#noteWrite();
    if (outcome !== 'did nothing' && this.#kind !== 'atomic write') acquire(thread, at);
    if (wrote) {
      thread.beforeRelease();
      release(thread, at);
    }
    unlockSyncVar(thread.memory, at, this.#key);
    if (wrote) thread.released();
    if (this.#cell !== 0 && outcome !== 'did nothing') this.#check(mark, index, wrote ? 'write' : 'read');
  }

  /** Until it had written, the operation was only a read. */
  #noteWrite(): void {
    const { thread } = this.#accesses;
    if (this.#cell === 0) return;
    atomics.store(thread.memory, this.#at + tables.atomicWrites + thread.slot, seqOf(this.#epoch));
  }

  #check(mark: ViewMark, index: number, does: 'read' | 'write'): void {
    const { memory } = this.#accesses.thread;
    const found = this.#racing(does);
    if (found === 0 && memory[mark.sizes] === 1 << mark.plane) return;
    const element = elementOf(mark, index);
    const previous = found || this.#accesses.overlapping(element, does);
    if (previous !== 0) this.#accesses.onRace({ element, kind: this.#kind, epoch: this.#epoch, previous });
  }

  /** A plain access of the same element that it races with. */
  #racing(does: 'read' | 'write'): number {
    const { thread } = this.#accesses;
    const writer = racingWriter(thread, this.#cell);
    if (writer !== 0 || does === 'read') return writer;
    return racingReader(thread, this.#cell) || racingIn(thread, this.#at + tables.plainReads);
  }
}

/** The cell of an element that is looked up; 0 where its buffer is not watched, or memory is used up. */
export function farCell(memory: Int32Array, mark: ViewMark, index: number): number {
  return mark.region === 0 ? 0 : cellAt(memory, mark.region, mark.plane, mark.first + index);
}

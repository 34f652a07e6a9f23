import { threadId } from 'node:worker_threads';
import { cellsOf } from './cells.js';
import { abandoned, deadlock, misuse } from './lock-error.js';
import { tellReleased, waitedFor } from './releasing.js';
import { whenThreadExits } from './thread-exit.js';
import { isGone, threadToken } from './thread-token.js';
import { WaitMeter } from './wait-meter.js';
import { type LockCall, type Waiting, waitAsync, waitBlocking } from './waiting.js';

// The state cell holds who has the lock and what others are doing about it, so that taking the lock and
// saying who did are one step:
//
//   token of the holder << 2 | reserved | awaited
//
// 0 is free. `awaited`: somebody sleeps, or is about to. `reserved`: somebody has slept for long; threads that
// come now sleep behind it instead of snatching the lock.
const stateCell = 0;
/** Node's number of the last holder plus one, for messages. */
const nameCell = 1;
/** Bytes before the meter of those who wait. */
const meterOffset = 8;
const awaited = 1;
const reserved = 2;
const flags = awaited | reserved;
/** Stands for a holder that has ended. */
const nobody = 0x1fffffff;

/** A waiter that has waited for so long reserves the lock. */
const patienceMillis = 1;

/**
 * A lock for threads: one at a time holds it. Threads that wait long are served before those that come later.
 *
 * Holders are threads: a thread that holds it and asks again in the blocking form is told so. Async functions of one
 * thread exclude each other by the async form.
 */
export class Mutex {
  /** Bytes of memory that a mutex takes. */
  static readonly bytes: number = 16;

  /** What other threads make their `Mutex` of. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #locking: LockCall;
  readonly #unlocking: LockCall;

  /**
   * @param memory - zero at first: `shared('name', Mutex.bytes)`, or new memory of its own
   * @param byteOffset - where in it; a multiple of 8
   * @param kind - what profiles call it
   * @throws ProfError `usage` where the memory does not fit
   */
  constructor(
    memory: SharedArrayBuffer = new SharedArrayBuffer(Mutex.bytes),
    byteOffset: number = 0,
    kind: string = 'Mutex',
  ) {
    this.memory = memory;
    this.#cells = cellsOf(memory, byteOffset, Mutex.bytes);
    const meter = new WaitMeter(memory, byteOffset + meterOffset);
    this.#locking = { name: `${kind}.lock`, memory, meter };
    this.#unlocking = { name: `${kind}.unlock`, memory, meter };
    whenThreadExits(this);
  }

  /**
   * Takes the lock; blocks the thread until it is free.
   *
   * @throws ProfError `usage` where this thread holds it already; `failed` where a thread ended while it held it
   */
  lock(): void {
    if (this.tryLock()) return;
    if (this.isHeldHere()) throw deadlock('mutex');
    waitBlocking(this.#take(), this.#locking);
  }

  /** Takes the lock when it is free, without blocking the thread; errors as those of `lock`. */
  async lockAsync(): Promise<void> {
    if (!this.tryLock()) await waitAsync(this.#take(), this.#locking.meter);
  }

  /** Takes the lock if it is free and nobody has waited long for it. */
  tryLock(): boolean {
    if (Atomics.compareExchange(this.#cells, stateCell, 0, threadToken() << 2) !== 0) return false;
    this.#cells[nameCell] = threadId + 1;
    return true;
  }

  /**
   * Gives the lock back, and wakes one that waits for it.
   *
   * @throws ProfError `usage` where this thread does not hold it
   */
  unlock(): void {
    let state = Atomics.load(this.#cells, stateCell);
    if (state >> 2 !== threadToken()) throw notHeld(state);
    const waited = waitedFor(this.#unlocking);
    for (;;) {
      const seen = Atomics.compareExchange(this.#cells, stateCell, state, state & reserved);
      if (seen === state) break;
      state = seen;
    }
    if ((state & awaited) !== 0) Atomics.notify(this.#cells, stateCell, 1);
    tellReleased(this.#unlocking, waited);
  }

  /** Runs `body` with the lock held, and gives back what it gives. */
  run<T>(body: () => T): T {
    this.lock();
    try {
      return body();
    } finally {
      this.unlock();
    }
  }

  /** Runs `body` with the lock held until its promise settles. */
  async runAsync<T>(body: () => T | Promise<T>): Promise<T> {
    await this.lockAsync();
    try {
      return await body();
    } finally {
      this.unlock();
    }
  }

  /** Whether this thread holds the lock. */
  isHeldHere(): boolean {
    return Atomics.load(this.#cells, stateCell) >> 2 === threadToken();
  }

  /**
   * Looks whether the holder has ended.
   *
   * @throws ProfError `failed` where it has
   */
  checkHolder(): void {
    const state = Atomics.load(this.#cells, stateCell);
    const holder = state >> 2;
    if (holder === 0 || (holder !== nobody && !isGone(holder))) return;
    if (holder !== nobody && !this.#abandon(state)) return; // it had given the lock back, and another has it
    const name = this.#cells[nameCell] ?? 0;
    throw abandoned('mutex', name === 0 ? undefined : name - 1);
  }

  /** Called when this thread ends. */
  threadExits(): void {
    const state = Atomics.load(this.#cells, stateCell);
    if (state >> 2 === threadToken()) this.#abandon(state);
  }

  /** Says in the lock's memory that its holder has ended, and wakes all that wait; false where it is no longer so. */
  #abandon(state: number): boolean {
    let seen = state;
    for (;;) {
      const before = Atomics.compareExchange(this.#cells, stateCell, seen, nobody << 2);
      if (before === seen) break;
      if (before >> 2 !== state >> 2) return before >> 2 === nobody;
      seen = before;
    }
    Atomics.notify(this.#cells, stateCell);
    return true;
  }

  *#take(): Waiting<void> {
    const start = performance.now();
    let slept = false;
    let last = 0;
    for (;;) {
      const state = Atomics.load(this.#cells, stateCell);
      const isFree = state >> 2 === 0;
      if (isFree && (slept || (state & reserved) === 0)) {
        // Others may be asleep as well: whoever has slept leaves it to its own unlock to wake the next.
        const mine = (threadToken() << 2) | (slept ? awaited : state & awaited);
        if (Atomics.compareExchange(this.#cells, stateCell, state, mine) !== state) continue;
        this.#cells[nameCell] = threadId + 1;
        return;
      }
      if (!isFree && (state >> 2 === nobody || state >> 2 === last >> 2)) this.checkHolder();
      const marked = isFree ? state : state | this.#marks(start, slept);
      if (marked !== state && Atomics.compareExchange(this.#cells, stateCell, state, marked) !== state)
        continue;
      slept = true;
      last = marked;
      yield { cells: this.#cells, index: stateCell, value: marked };
    }
  }

  #marks(start: number, slept: boolean): number {
    return slept && performance.now() - start > patienceMillis ? flags : awaited;
  }
}

function notHeld(state: number): Error {
  return state >> 2 === 0
    ? misuse('mutex: unlock of an unlocked mutex', 'Call `lock` first, and `unlock` once for each.')
    : misuse(
        'mutex: unlock by a thread that does not hold it',
        'The thread that locked it has to unlock it.',
      );
}

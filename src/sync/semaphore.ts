import { cellsOf } from './cells.js';
import { misuse } from './lock-error.js';
import { tellReleased, waitedFor } from './releasing.js';
import { WaitMeter } from './wait-meter.js';
import { type LockCall, type Waiting, waitAsync, waitBlocking } from './waiting.js';

const takenCell = 0;
const waitersCell = 1;
/** Bytes before the meter of those who wait. */
const meterOffset = 8;

/**
 * Lets `limit` at a time in, threads and async functions alike. Permits have no owner: one may be given back by another
 * thread, and one that a thread held at its end is lost.
 */
export class Semaphore {
  /** Bytes of memory that a semaphore takes. */
  static readonly bytes: number = 16;

  /** What other threads make their `Semaphore` of. */
  readonly memory: SharedArrayBuffer;
  readonly limit: number;
  readonly #cells: Int32Array;
  readonly #acquiring: LockCall;
  readonly #releasing: LockCall;

  /**
   * @param limit - how many may be in at once, at least 1; the same in all threads
   * @param memory - zero at first: `shared('name', Semaphore.bytes)`, or new memory of its own
   * @param byteOffset - where in it; a multiple of 8
   * @throws ProfError `usage` where the limit is none or the memory does not fit
   */
  constructor(
    limit: number,
    memory: SharedArrayBuffer = new SharedArrayBuffer(Semaphore.bytes),
    byteOffset: number = 0,
  ) {
    if (!Number.isInteger(limit) || limit < 1 || limit >= 2 ** 31)
      throw misuse(`semaphore: ${limit} is no limit`, 'Give a whole number, at least 1.');
    this.limit = limit;
    this.memory = memory;
    this.#cells = cellsOf(memory, byteOffset, Semaphore.bytes);
    const meter = new WaitMeter(memory, byteOffset + meterOffset);
    this.#acquiring = { name: 'Semaphore.acquire', memory, meter };
    this.#releasing = { name: 'Semaphore.release', memory, meter };
  }

  /** Takes a permit; blocks the thread until there is one. */
  acquire(): void {
    if (!this.tryAcquire()) waitBlocking(this.#take(), this.#acquiring);
  }

  /** Takes a permit when there is one, without blocking the thread. */
  async acquireAsync(): Promise<void> {
    if (!this.tryAcquire()) await waitAsync(this.#take(), this.#acquiring.meter);
  }

  /** Takes a permit if there is one. */
  tryAcquire(): boolean {
    let taken = Atomics.load(this.#cells, takenCell);
    while (taken < this.limit) {
      const seen = Atomics.compareExchange(this.#cells, takenCell, taken, taken + 1);
      if (seen === taken) return true;
      taken = seen;
    }
    return false;
  }

  /**
   * Gives a permit back.
   *
   * @throws ProfError `usage` where none is taken
   */
  release(): void {
    const waited = waitedFor(this.#releasing);
    if (Atomics.sub(this.#cells, takenCell, 1) <= 0) {
      Atomics.add(this.#cells, takenCell, 1);
      throw misuse('semaphore: release of a permit that nobody has', 'Release once for each `acquire`.');
    }
    // Whoever is about to sleep has said so before it looked at the permits: it is seen here, or it sees the permit.
    if (Atomics.load(this.#cells, waitersCell) > 0) Atomics.notify(this.#cells, takenCell, 1);
    tellReleased(this.#releasing, waited);
  }

  *#take(): Waiting<void> {
    Atomics.add(this.#cells, waitersCell, 1);
    while (!this.tryAcquire()) {
      const taken = Atomics.load(this.#cells, takenCell);
      if (taken >= this.limit) yield { cells: this.#cells, index: takenCell, value: taken };
    }
    Atomics.sub(this.#cells, waitersCell, 1);
  }
}

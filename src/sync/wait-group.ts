import { cellsOf } from './cells.js';
import { misuse } from './lock-error.js';
import { tellReleased, waitedFor } from './releasing.js';
import { WaitMeter } from './wait-meter.js';
import { type LockCall, type Waiting, waitAsync, waitBlocking } from './waiting.js';

const countCell = 0;
/** Bytes before the meter of those who wait. */
const meterOffset = 8;

/**
 * Waits for a number of things to be done, whichever thread does them.
 *
 * Counts have no owner: where a thread ends before its `done`, `wait` does not return.
 */
export class WaitGroup {
  /** Bytes of memory that a wait group takes. */
  static readonly bytes: number = 16;

  /** What other threads make their `WaitGroup` of. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #waiting: LockCall;
  readonly #done: LockCall;

  /**
   * @param memory - zero at first: `shared('name', WaitGroup.bytes)`, or new memory of its own
   * @param byteOffset - where in it; a multiple of 8
   * @throws ProfError `usage` where the memory does not fit
   */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(WaitGroup.bytes), byteOffset: number = 0) {
    this.memory = memory;
    this.#cells = cellsOf(memory, byteOffset, WaitGroup.bytes);
    const meter = new WaitMeter(memory, byteOffset + meterOffset);
    this.#waiting = { name: 'WaitGroup.wait', memory, meter };
    this.#done = { name: 'WaitGroup.done', memory, meter };
  }

  /**
   * There are `count` more things to wait for; to be called before those who wait look.
   *
   * @throws ProfError `usage` for what is no whole number, and where fewer than none would be left
   */
  add(count: number): void {
    if (!Number.isInteger(count) || Math.abs(count) >= 2 ** 31)
      throw misuse(`wait group: ${count} is no count`, 'Give a whole number.');
    const before = Atomics.add(this.#cells, countCell, count);
    const left = before + count;
    if (left < 0 || left >= 2 ** 31) {
      Atomics.sub(this.#cells, countCell, count);
      throw misuse(`wait group: ${left} left to wait for`, 'Call `done` once for each that was added.');
    }
    if (left > 0 || before === 0) return;
    const waited = waitedFor(this.#done);
    Atomics.notify(this.#cells, countCell);
    tellReleased(this.#done, waited);
  }

  /**
   * One of them is done.
   *
   * @throws ProfError `usage` where none is left
   */
  done(): void {
    this.add(-1);
  }

  /** Blocks the thread until none is left. */
  wait(): void {
    waitBlocking(this.#allDone(), this.#waiting);
  }

  /** Waits until none is left, without blocking the thread. */
  waitAsync(): Promise<void> {
    return waitAsync(this.#allDone(), this.#waiting.meter);
  }

  *#allDone(): Waiting<void> {
    for (;;) {
      const left = Atomics.load(this.#cells, countCell);
      if (left <= 0) return;
      yield { cells: this.#cells, index: countCell, value: left };
    }
  }
}

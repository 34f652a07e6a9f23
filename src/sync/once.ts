import { threadId } from 'node:worker_threads';
import { cellsOf } from './cells.js';
import { abandoned, misuse } from './lock-error.js';
import { tellReleased, waitedFor } from './releasing.js';
import { whenThreadExits } from './thread-exit.js';
import { isGone, threadToken } from './thread-token.js';
import { WaitMeter } from './wait-meter.js';
import { type LockCall, type Waiting, waitAsync, waitBlocking } from './waiting.js';

/** 0 at first, then the token of the thread that does it, then one of the two below. */
const stateCell = 0;
/** Node's number of that thread plus one, for messages. */
const nameCell = 1;
/** Bytes before the meter of those who wait. */
const meterOffset = 8;
const done = -1;
const broken = -2;

/** Does something once, whichever thread comes first; the others wait until it is done. */
export class Once {
  /** Bytes of memory that a once takes. */
  static readonly bytes: number = 16;

  /** What other threads make their `Once` of. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #call: LockCall;

  /**
   * @param memory - zero at first: `shared('name', Once.bytes)`, or new memory of its own
   * @param byteOffset - where in it; a multiple of 8
   * @throws ProfError `usage` where the memory does not fit
   */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(Once.bytes), byteOffset: number = 0) {
    this.memory = memory;
    this.#cells = cellsOf(memory, byteOffset, Once.bytes);
    this.#call = { name: 'Once.do', memory, meter: new WaitMeter(memory, byteOffset + meterOffset) };
    whenThreadExits(this);
  }

  /**
   * Runs `body` if no thread has before; when this returns, it has been run. A `body` that throws counts as run, as
   * in Go: only its own caller gets the error.
   *
   * @throws ProfError `usage` where `body` itself asks again; `failed` where the thread that ran it has ended
   */
  do(body: () => void): void {
    if (this.isDone()) return;
    if (!this.#isFirst()) {
      if (Atomics.load(this.#cells, stateCell) === threadToken()) throw again();
      waitBlocking(this.#whenDone(), this.#call);
      return;
    }
    try {
      body();
    } finally {
      this.#end(done);
    }
  }

  /** As `do`, for a `body` that gives a promise, without blocking the threads that wait. */
  async doAsync(body: () => void | Promise<void>): Promise<void> {
    if (this.isDone()) return;
    if (!this.#isFirst()) return waitAsync(this.#whenDone(), this.#call.meter);
    try {
      await body();
    } finally {
      this.#end(done);
    }
  }

  /** Whether it has been run to its end. */
  isDone(): boolean {
    return Atomics.load(this.#cells, stateCell) === done;
  }

  /** Called when this thread ends. */
  threadExits(): void {
    if (Atomics.load(this.#cells, stateCell) === threadToken()) this.#end(broken);
  }

  #isFirst(): boolean {
    if (Atomics.compareExchange(this.#cells, stateCell, 0, threadToken()) !== 0) return false;
    this.#cells[nameCell] = threadId + 1;
    return true;
  }

  #end(state: number): void {
    const waited = waitedFor(this.#call);
    Atomics.store(this.#cells, stateCell, state);
    Atomics.notify(this.#cells, stateCell);
    tellReleased(this.#call, waited);
  }

  *#whenDone(): Waiting<void> {
    for (let slept = false; ; slept = true) {
      const state = Atomics.load(this.#cells, stateCell);
      if (state === done) return;
      if (state === broken || (slept && isGone(state))) {
        // It may have done it and ended since.
        if (Atomics.compareExchange(this.#cells, stateCell, state, broken) !== state) continue;
        Atomics.notify(this.#cells, stateCell);
        throw this.#abandoned();
      }
      yield { cells: this.#cells, index: stateCell, value: state };
    }
  }

  #abandoned(): Error {
    const name = this.#cells[nameCell] ?? 0;
    return abandoned('once', name === 0 ? undefined : name - 1);
  }
}

function again(): Error {
  return misuse('once: called by what it runs', 'It would wait for itself, for ever.');
}

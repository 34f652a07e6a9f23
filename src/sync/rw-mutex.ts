import { threadId } from 'node:worker_threads';
import { cellsOf } from './cells.js';
import { abandoned, deadlock, misuse } from './lock-error.js';
import { Mutex } from './mutex.js';
import { tellReleased, waitedFor } from './releasing.js';
import { whenThreadExits } from './thread-exit.js';
import { isGone, threadToken } from './thread-token.js';
import { WaitMeter } from './wait-meter.js';
import { type LockCall, type Waiting, waitAsync, waitBlocking } from './waiting.js';

// Each thread that reads has a slot of its own: readers do not touch each other's memory, and a writer
// knows whom it waits for. A writer holds the mutex, says so in `writing`, and waits until no slot has readers.
const writingCell = Mutex.bytes / 4;
/** Bytes before the meter of those who wait to write or to read: the mutex's own. */
const meterOffset = 8;
const firstSlot = writingCell + 2;
const slotCells = 4;
/** Cells of a slot: whose it is, Node's number of that thread plus one, and how often it holds the lock. */
const [tokenOf, nameOf, readersOf] = [0, 1, 2];
/** Threads that may read by one lock. */
const slots = 64;

/** A lock for threads: one writes, or any number read. Writers are served before readers that come later. */
export class RWMutex {
  /** Bytes of memory that a lock takes. */
  static readonly bytes: number = 4 * (firstSlot + slots * slotCells);

  /** What other threads make their `RWMutex` of. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #writer: Mutex;
  readonly #locking: LockCall;
  readonly #reading: LockCall;
  readonly #endingRead: LockCall;
  /** Cell where this thread's slot begins; 0 before it has one. */
  #slot = 0;

  /**
   * @param memory - zero at first: `shared('name', RWMutex.bytes)`, or new memory of its own
   * @param byteOffset - where in it; a multiple of 8
   * @throws ProfError `usage` where the memory does not fit
   */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(RWMutex.bytes), byteOffset: number = 0) {
    this.memory = memory;
    this.#cells = cellsOf(memory, byteOffset, RWMutex.bytes);
    this.#writer = new Mutex(memory, byteOffset, 'RWMutex');
    const meter = new WaitMeter(memory, byteOffset + meterOffset);
    this.#locking = { name: 'RWMutex.lock', memory, meter };
    this.#reading = { name: 'RWMutex.lockRead', memory, meter };
    this.#endingRead = { name: 'RWMutex.unlockRead', memory, meter };
    whenThreadExits(this);
  }

  /**
   * Takes the lock for writing; blocks the thread until nobody reads or writes.
   *
   * @throws ProfError `usage` where this thread holds it already; `failed` where a thread ended while it held it
   */
  lock(): void {
    if (this.#readsHere()) throw deadlock('rwmutex');
    this.#writer.lock();
    this.#finish(() => waitBlocking(this.#untilNobodyReads(), this.#locking));
  }

  /** Takes the lock for writing without blocking the thread; errors as those of `lock`. */
  async lockAsync(): Promise<void> {
    await this.#writer.lockAsync();
    Atomics.store(this.#cells, writingCell, 1);
    try {
      await waitAsync(this.#untilNobodyReads(), this.#locking.meter);
    } catch (error) {
      this.unlock();
      throw error;
    }
  }

  /**
   * Ends writing.
   *
   * @throws ProfError `usage` where this thread does not write
   */
  unlock(): void {
    if (!this.#writer.isHeldHere())
      throw misuse('rwmutex: unlock of a lock that this thread does not hold', 'Readers call `unlockRead`.');
    Atomics.store(this.#cells, writingCell, 0);
    Atomics.notify(this.#cells, writingCell);
    this.#writer.unlock();
  }

  /**
   * Takes the lock for reading; blocks the thread while another writes or waits to. A thread that reads already
   * reads on.
   *
   * @throws ProfError `usage` where this thread writes, or where 64 other threads have used the lock and still live;
   *   `failed` where a thread ended while it wrote
   */
  lockRead(): void {
    if (this.#writer.isHeldHere()) throw deadlock('rwmutex');
    const readers = this.#mySlot() + readersOf;
    // Note: were it to wait for the writer here, it would wait for ever: the writer waits for this thread.
    if ((this.#cells[readers] ?? 0) > 0) Atomics.add(this.#cells, readers, 1);
    else waitBlocking(this.#read(), this.#reading);
  }

  /** Takes the lock for reading without blocking the thread; errors as those of `lockRead`. */
  async lockReadAsync(): Promise<void> {
    await waitAsync(this.#read(), this.#reading.meter);
  }

  /**
   * Ends reading.
   *
   * @throws ProfError `usage` where this thread does not read
   */
  unlockRead(): void {
    if (!this.#readsHere())
      throw misuse(
        'rwmutex: unlockRead of a lock that this thread does not read by',
        'Call `lockRead` first.',
      );
    const waited = waitedFor(this.#endingRead);
    this.#endRead();
    tellReleased(this.#endingRead, waited);
  }

  /** Called when this thread ends. */
  threadExits(): void {
    // A reader that is gone has changed nothing, but the writer that waits for it is to hear of it.
    if (this.#readsHere()) Atomics.notify(this.#cells, this.#slot + readersOf);
  }

  #finish(wait: () => void): void {
    Atomics.store(this.#cells, writingCell, 1);
    try {
      wait();
    } catch (error) {
      this.unlock();
      throw error;
    }
  }

  #readsHere(): boolean {
    return this.#slot !== 0 && (this.#cells[this.#slot + readersOf] ?? 0) > 0;
  }

  #endRead(): void {
    const readers = this.#slot + readersOf;
    if (Atomics.sub(this.#cells, readers, 1) === 1 && Atomics.load(this.#cells, writingCell) === 1)
      Atomics.notify(this.#cells, readers);
  }

  *#read(): Waiting<void> {
    const readers = this.#mySlot() + readersOf;
    for (let slept = false; ; slept = true) {
      // Say it, then look: of a reader and a writer that come at once, one at least sees the other.
      Atomics.add(this.#cells, readers, 1);
      if (Atomics.load(this.#cells, writingCell) === 0) return;
      this.#endRead();
      if (slept) this.#writer.checkHolder();
      yield { cells: this.#cells, index: writingCell, value: 1 };
    }
  }

  *#untilNobodyReads(): Waiting<void> {
    for (let slot = firstSlot; slot < this.#cells.length; slot += slotCells) {
      for (let slept = false; ; slept = true) {
        const readers = Atomics.load(this.#cells, slot + readersOf);
        if (readers === 0) break;
        if (slept) this.#checkReader(slot);
        yield { cells: this.#cells, index: slot + readersOf, value: readers };
      }
    }
  }

  /** Frees the slot of a reader that has ended, and says so. */
  #checkReader(slot: number): void {
    if (!isGone(Atomics.load(this.#cells, slot + tokenOf))) return;
    const name = this.#cells[slot + nameOf] ?? 0;
    this.#free(slot);
    throw abandoned('rwmutex', name === 0 ? undefined : name - 1);
  }

  #free(slot: number): void {
    Atomics.store(this.#cells, slot + readersOf, 0);
    Atomics.store(this.#cells, slot + nameOf, 0);
    Atomics.store(this.#cells, slot + tokenOf, 0);
  }

  /** Where this thread's slot begins; the same for all its views of the lock. */
  #mySlot(): number {
    if (this.#slot === 0) this.#slot = this.#findSlot() ?? this.#claimSlot();
    return this.#slot;
  }

  #findSlot(): number | undefined {
    for (let slot = firstSlot; slot < this.#cells.length; slot += slotCells)
      if (Atomics.load(this.#cells, slot + tokenOf) === threadToken()) return slot;
    return undefined;
  }

  #claimSlot(): number {
    for (let slot = firstSlot; slot < this.#cells.length; slot += slotCells) {
      const owner = Atomics.load(this.#cells, slot + tokenOf);
      const isUsable = owner === 0 || (Atomics.load(this.#cells, slot + readersOf) === 0 && isGone(owner));
      if (!isUsable || Atomics.compareExchange(this.#cells, slot + tokenOf, owner, threadToken()) !== owner)
        continue;
      Atomics.store(this.#cells, slot + nameOf, threadId + 1);
      return slot;
    }
    throw misuse(`rwmutex: ${slots} threads read by it already`, 'Use a Mutex, or several locks.');
  }
}

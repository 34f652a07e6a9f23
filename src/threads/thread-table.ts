import { atomics } from '../sync/native-atomics.js';
import { waitAsync } from './wait-async.js';

/** Threads that can be waited for at once; more run as well, but are not waited for. */
const maxThreads = 1024;

/**
 * The worker threads of a process that have something to finish before they end, in memory that all
 * of them share. A thread enters itself, leaves when it has finished, and can be waited for.
 */
export class ThreadTable {
  /** To be handed to other threads. */
  readonly memory: SharedArrayBuffer;
  /** Ids of threads, 0 for a free cell: the main thread is in no table. */
  readonly #cells: Int32Array;
  /** How many have entered, and left, in all. */
  readonly #counts: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4 * (maxThreads + 2))) {
    this.memory = memory;
    this.#cells = new Int32Array(memory, 0, maxThreads);
    this.#counts = new Int32Array(memory, 4 * maxThreads, 2);
  }

  /** Enters a thread that will have something to finish. */
  enter(threadId: number): void {
    atomics.add(this.#counts, 0, 1);
    for (let i = 0; i < maxThreads; i++)
      if (atomics.compareExchange(this.#cells, i, 0, threadId) === 0) return;
  }

  /** The thread has finished; whoever waits for it goes on. */
  leave(threadId: number): void {
    atomics.add(this.#counts, 1, 1);
    const at = this.#find(threadId);
    if (at === undefined) return;
    atomics.store(this.#cells, at, 0);
    atomics.notify(this.#cells, at);
  }

  /** Whether the thread has entered and not left. */
  has(threadId: number): boolean {
    return this.#find(threadId) !== undefined;
  }

  /** How many threads have entered and not left; those that were killed are among them for good. */
  get missing(): number {
    return atomics.load(this.#counts, 0) - atomics.load(this.#counts, 1);
  }

  /** Blocks this thread until the other one has left, or for so long. */
  waitFor(threadId: number, timeoutMillis: number): void {
    const at = this.#find(threadId);
    if (at !== undefined) atomics.wait(this.#cells, at, threadId, timeoutMillis);
  }

  /** Resolves when the thread has left, or after so long. */
  async left(threadId: number, timeoutMillis: number): Promise<void> {
    const at = this.#find(threadId);
    if (at !== undefined) await waitAsync({ cells: this.#cells, at, value: threadId, timeoutMillis });
  }

  #find(threadId: number): number | undefined {
    for (let i = 0; i < maxThreads; i++) if (atomics.load(this.#cells, i) === threadId) return i;
    return undefined;
  }
}

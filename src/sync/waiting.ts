import { contention } from './contention.js';
import type { WaitMeter } from './wait-meter.js';

/** A cell of shared memory that is to change before it is worth looking again. */
export interface Awaited {
  readonly cells: Int32Array;
  readonly index: number;
  /** What it holds now. */
  readonly value: number;
}

/**
 * What a primitive does when it cannot go on at once, written once for both forms: a generator that yields
 * the cell to wait for. It looks at the cell's memory itself when it goes on; it may be resumed too early.
 */
export type Waiting<T> = Generator<Awaited, T, void>;

/**
 * Milliseconds after which a sleeper looks again without being woken: a thread that was woken and ended by
 * `terminate()` before it could run has taken the wake-up with it, and a holder may have ended.
 */
const sliceMillis = 100;

/** `Atomics.waitAsync`, which the library of ES2022 does not know and every Node that we run on has. */
type AtomicsOfNode = typeof Atomics & {
  waitAsync(
    cells: Int32Array,
    index: number,
    value: number,
    timeoutMillis: number,
  ): { readonly async: false } | { readonly async: true; readonly value: Promise<string> };
};

/** Looks at the cell before the thread goes to sleep: most locks are held for less than falling asleep takes. */
const spins = 100;

/** A call that waits for a lock or gives it back, for those who watch. */
export interface LockCall {
  /** What the program called: `Mutex.lock`. */
  readonly name: string;
  readonly memory: SharedArrayBuffer;
  readonly meter: WaitMeter;
}

/** Does `waiting` by blocking this thread. */
export function waitBlocking<T>(waiting: Waiting<T>, { name, memory, meter }: LockCall): T {
  const first = waiting.next();
  // What need not wait is none of theirs who watch.
  if (first.done) return first.value;
  const { observer, holders } = contention;
  const wait = (): T => (holders === undefined ? block(waiting, first) : meteredBlock(waiting, first, meter));
  return observer === undefined ? wait() : observer.blocking(name, memory, wait);
}

/** What a primitive wants next. */
type Step<T> = IteratorResult<Awaited, T>;

function meteredBlock<T>(waiting: Waiting<T>, first: Step<T>, meter: WaitMeter): T {
  meter.join();
  try {
    return block(waiting, first);
  } finally {
    meter.leave();
  }
}

function block<T>(waiting: Waiting<T>, first: Step<T>): T {
  for (let step = first; ; step = waiting.next()) {
    if (step.done) return step.value;
    const { cells, index, value } = step.value;
    if (!changesSoon(cells, index, value)) Atomics.wait(cells, index, value, sliceMillis);
  }
}

/** Does `waiting` without blocking this thread, and keeps its event loop alive meanwhile. */
export async function waitAsync<T>(waiting: Waiting<T>, meter: WaitMeter): Promise<T> {
  const first = waiting.next();
  if (first.done) return first.value;
  if (contention.holders === undefined) return suspend(waiting, first);
  meter.join();
  try {
    return await suspend(waiting, first);
  } finally {
    meter.leave();
  }
}

async function suspend<T>(waiting: Waiting<T>, first: Step<T>): Promise<T> {
  let keepAlive: NodeJS.Timeout | undefined;
  try {
    for (let step = first; ; step = waiting.next()) {
      if (step.done) return step.value;
      const { cells, index, value } = step.value;
      const woken = (Atomics as AtomicsOfNode).waitAsync(cells, index, value, sliceMillis);
      if (!woken.async) continue;
      // Node ends while nothing but an `Atomics.waitAsync` is pending.
      keepAlive ??= setInterval(() => {}, 2 ** 30);
      await woken.value;
    }
  } finally {
    clearInterval(keepAlive);
  }
}

function changesSoon(cells: Int32Array, index: number, value: number): boolean {
  for (let i = 0; i < spins; i++) if (cells[index] !== value) return true;
  return false;
}

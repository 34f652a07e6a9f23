import { contention } from './contention.js';

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

/** Whose waiting it is, for those who watch. */
export interface Waiter {
  /** What the program called: `Mutex.lock`. */
  readonly name: string;
  readonly memory: SharedArrayBuffer;
}

/** Does `waiting` by blocking this thread. */
export function waitBlocking<T>(waiting: Waiting<T>, { name, memory }: Waiter): T {
  const { observer } = contention;
  return observer === undefined ? block(waiting) : observer.blocking(name, memory, () => block(waiting));
}

function block<T>(waiting: Waiting<T>): T {
  for (let step = waiting.next(); ; step = waiting.next()) {
    if (step.done) return step.value;
    const { cells, index, value } = step.value;
    if (!changesSoon(cells, index, value)) Atomics.wait(cells, index, value, sliceMillis);
  }
}

/** Does `waiting` without blocking this thread, and keeps its event loop alive meanwhile. */
export async function waitAsync<T>(waiting: Waiting<T>): Promise<T> {
  let keepAlive: NodeJS.Timeout | undefined;
  try {
    for (let step = waiting.next(); ; step = waiting.next()) {
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

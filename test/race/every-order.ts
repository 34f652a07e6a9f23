// Runs threads in every order that their steps can have. Each operation of Atomics is a step. A thread is run again from
// its start for each of its steps, and is handed what it read before, from its own accesses too.

type Operation = (memory: Int32Array, at: number, ...values: number[]) => number;

/** Ends a run of a thread before its next step; made once, since stacks cost. */
const pause = new Error('pause');

/** Ends that of a thread that waits for another; to let it spin would be one more of the same orders. */
const blocked = new Error('blocked');

/** What a thread has read, step by step, and how far it is in that. */
interface Past {
  readonly results: number[];
  at: number;
  /** Whether it has done the step of this run. */
  hasStepped: boolean;
}

let current: Past | undefined;

/** An operation that is a step of the running thread. */
function stepping(operation: Operation): Operation {
  return (memory, at, ...values) => {
    const past = current;
    if (past === undefined) return operation(memory, at, ...values);
    const known = past.results[past.at];
    if (known === undefined) {
      if (past.hasStepped) throw pause;
      past.hasStepped = true;
    }
    return replayed(past, () => {
      const value = operation(shared, at, ...values);
      // A lock that is held: to try again is no other order.
      if (locks.includes(at) && operation === exchangeIf && value !== values[0]) throw blocked;
      return value;
    });
  };
}

/** What the running thread has read, or what `read` gives where it has not been there. */
function replayed(past: Past, read: () => number): number {
  const known = past.results[past.at++];
  if (known !== undefined) return known;
  const value = read();
  past.results.push(value);
  return value;
}

const exchangeIf = Atomics.compareExchange as unknown as Operation;

/** The memory that the steps work on, and the words in it that are locks. */
let shared = new Int32Array(0);
let locks: readonly number[] = [];

/** The memory as threads see it: what is done to it without Atomics is done once. */
const seen = new Proxy(shared, {
  get(target, key): unknown {
    const past = current;
    const at = typeof key === 'string' ? Number(key) : Number.NaN;
    if (past === undefined || Number.isNaN(at)) return Reflect.get(target, key);
    return replayed(past, () => shared[at] ?? 0);
  },
  set(_, key, value: number): boolean {
    if (current !== undefined) {
      replayed(current, () => {
        shared[Number(key)] = value;
        return 0;
      });
    }
    return true;
  },
});

/** Makes the operations of Atomics steps, in modules that are loaded from now on; loads and stores each by itself. */
export function makeSteps(): void {
  const atomics = Atomics as unknown as Record<string, Operation>;
  for (const name of ['load', 'store', 'exchange', 'compareExchange']) {
    const operation = atomics[name];
    if (operation !== undefined) atomics[name] = stepping(operation);
  }
  Object.defineProperty(process, 'arch', { value: 'arm64' }); // where nothing is in order by itself
}

/** What a thread does; its value when it has come to its end. */
export type Thread<T> = (memory: Int32Array) => T;

/** What the threads work on. */
export interface Ground {
  readonly memory: Int32Array;
  /** Words that a thread waits for where it cannot exchange them. */
  readonly locks?: readonly number[];
}

/** How far all threads are. */
interface State<T> {
  readonly memory: Int32Array;
  readonly pasts: readonly (readonly number[])[];
  readonly ends: readonly { readonly value: T }[];
}

/** One more step of a thread; undefined where it is blocked. */
function stepped<T>(state: State<T>, index: number, thread: Thread<T>): State<T> | undefined {
  shared = state.memory.slice() as Int32Array<ArrayBuffer>;
  const past = { results: [...(state.pasts[index] ?? [])], at: 0, hasStepped: false };
  const ends = [...state.ends];
  current = past;
  try {
    ends[index] = { value: thread(seen) };
  } catch (error) {
    if (error === blocked) return undefined;
    if (error !== pause) throw error;
  } finally {
    current = undefined;
  }
  return { memory: shared, pasts: state.pasts.map((each, i) => (i === index ? past.results : each)), ends };
}

/**
 * Calls `check` with the results of the threads after each order of their steps.
 *
 * @returns how many orders there are
 */
export function everyOrder<T>(
  ground: Ground,
  threads: readonly Thread<T>[],
  check: (results: readonly T[]) => void,
): number {
  locks = ground.locks ?? [];
  let orders = 0;
  const explore = (state: State<T>): void => {
    let isOver = true;
    for (const [index, thread] of threads.entries()) {
      if (state.ends[index] !== undefined) continue;
      isOver = false;
      const next = stepped(state, index, thread);
      if (next !== undefined) explore(next);
    }
    if (!isOver) return;
    orders++;
    check(state.ends.map(({ value }) => value));
  };
  explore({ memory: ground.memory, pasts: threads.map(() => []), ends: [] });
  return orders;
}

import assert from 'node:assert/strict';
import { actAs } from '../../src/sync/thread-token.js';

// Runs small programs of several threads in every order in which their operations on shared memory can
// fall. A thread cannot be stopped in the middle of a call, so it is played again from its start for each of
// its steps: operations that it has done give what they gave, the next one is done, and the one behind it
// throws. What a thread does between two operations must depend on their results alone.

/** A thread of a program: the same calls in the same order at every start. */
export type Thread = () => void;

/** A program, made anew for each check. */
export interface Program {
  readonly cells: Int32Array;
  readonly threads: readonly Thread[];
  /** Called when all threads have ended. */
  readonly atEnd: () => void;
}

/** How far a thread has come. */
interface Progress {
  /** What its operations gave, and the memory behind each. */
  readonly done: readonly { readonly result: unknown; readonly memory: Int32Array }[];
  /** The index of the cell that it sleeps on. */
  readonly asleepOn: number | undefined;
  readonly ended: boolean;
}

interface State {
  readonly memory: Int32Array;
  readonly threads: readonly Progress[];
  /** Threads in the order of their steps, for the message. */
  readonly path: readonly number[];
}

class Pause extends Error {}

const atStart: Progress = { done: [], asleepOn: undefined, ended: false };

/**
 * Takes every order of steps.
 *
 * @returns the number of states seen
 * @throws what a thread throws or `atEnd` finds, and an error where all threads that are left sleep: a lost wake-up
 */
export function takeAllOrders(program: Program): number {
  const { cells, threads } = program;
  const stack: State[] = [{ memory: cells.slice(), threads: threads.map(() => atStart), path: [] }];
  const seen = new Set<string>();
  for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
    const key = keyOf(state);
    if (seen.has(key)) continue;
    seen.add(key);
    const next = threads.flatMap((_, i) => (isRunnable(state.threads[i]) ? [step(program, state, i)] : []));
    if (next.length === 0) endOf(program, state);
    stack.push(...next);
  }
  return seen.size;
}

function isRunnable(thread: Progress | undefined): boolean {
  return thread !== undefined && !thread.ended && thread.asleepOn === undefined;
}

function endOf({ cells, atEnd }: Program, { memory, threads, path }: State): void {
  const asleep = threads.flatMap(({ ended }, i) => (ended ? [] : [i]));
  assert.deepEqual(asleep, [], `asleep for ever after the steps ${path.join(' ')}`);
  cells.set(memory);
  atEnd();
}

function keyOf({ memory, threads }: State): string {
  const results = threads.map(
    ({ done, asleepOn }) => `${done.map(({ result }) => result).join()}@${asleepOn}`,
  );
  return `${memory.join()}|${results.join('|')}`;
}

/** One more operation of one thread. */
function step({ cells, threads }: Program, state: State, index: number): State {
  const before = state.threads[index] ?? atStart;
  const player = new Player(cells, state, before);
  const path = [...state.path, index];
  const ended = playing(player, index, () => {
    try {
      threads[index]?.();
      return true;
    } catch (error) {
      if (error instanceof Pause) return false;
      if (error instanceof Error) error.message += ` (after the steps ${path.join(' ')})`;
      throw error;
    }
  });
  const woken = new Set(player.woken);
  const all = state.threads.map((thread, i): Progress => {
    if (i === index) return { done: player.done, asleepOn: player.asleepOn, ended };
    return woken.has(i) ? { ...thread, asleepOn: undefined } : thread;
  });
  return { memory: player.memory, threads: all, path };
}

/** Stands in for `Atomics` while one thread makes one step. */
class Player {
  memory: Int32Array;
  readonly done: { result: unknown; memory: Int32Array }[];
  readonly woken: number[] = [];
  asleepOn: number | undefined;
  readonly #cells: Int32Array;
  readonly #state: State;
  #at = 0;
  #hasStepped = false;

  constructor(cells: Int32Array, state: State, before: Progress) {
    this.#cells = cells;
    this.#state = state;
    this.memory = state.memory;
    this.done = [...before.done];
  }

  /** What the thread's next operation gives, done now or before. */
  operate(operation: () => unknown): unknown {
    const past = this.done[this.#at];
    if (past !== undefined) {
      this.#at++;
      this.#cells.set(past.memory);
      return past.result;
    }
    if (this.#hasStepped) throw new Pause();
    this.#cells.set(this.#state.memory);
    const result = operation();
    this.memory = this.#cells.slice();
    this.done.push({ result, memory: this.memory });
    this.#at++;
    this.#hasStepped = true;
    if (this.asleepOn !== undefined) throw new Pause();
    return result;
  }

  wait(index: number, value: number): unknown {
    return this.operate(() => {
      if (this.#cells[index] !== value) return 'not-equal';
      this.asleepOn = index;
      return 'ok';
    });
  }

  notify(index: number, count: number): unknown {
    return this.operate(() => {
      const asleep = this.#state.threads.flatMap(({ asleepOn }, i) => (asleepOn === index ? [i] : []));
      this.woken.push(...asleep.slice(0, count));
      return this.woken.length;
    });
  }
}

type Operation = (cells: Int32Array, index: number, ...values: number[]) => unknown;
const replaced = ['load', 'store', 'add', 'sub', 'exchange', 'compareExchange'] as const;

/** Calls `thread` with `player` in the place of `Atomics`. */
function playing<T>(player: Player, index: number, thread: () => T): T {
  const real = { ...Object.getOwnPropertyDescriptors(Atomics) };
  for (const name of replaced) {
    const operation = Atomics[name] as Operation;
    const played: Operation = (...args) => player.operate(() => operation(...args));
    Object.defineProperty(Atomics, name, { ...real[name], value: played });
  }
  const wait: Operation = (_cells, at, value = 0) => player.wait(at, value);
  const notify: Operation = (_cells, at, count = Number.POSITIVE_INFINITY) => player.notify(at, count);
  Object.defineProperty(Atomics, 'wait', { ...real.wait, value: wait });
  Object.defineProperty(Atomics, 'notify', { ...real.notify, value: notify });
  actAs({ token: index + 1, isGone: () => false });
  try {
    return thread();
  } finally {
    Object.defineProperties(Atomics, real);
    actAs(undefined);
  }
}

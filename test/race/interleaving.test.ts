import assert from 'node:assert/strict';
import { test } from 'node:test';

// Runs the slow paths in every order that threads can have. Each operation of Atomics is a step; a thread is run
// again from its start for each of its steps, and is handed the results of those before.

type Operation = (memory: Int32Array, at: number, ...values: number[]) => number;

/** Ends a run of a thread behind its step. */
class Pause extends Error {}

/** What the running thread is about: results of its past steps, and where it is among them. */
let current: { results: number[]; at: number } | undefined;

/** An operation that is a step of the running thread. */
function stepping(operation: Operation): Operation {
  return (memory, at, ...values) => {
    if (current === undefined) return operation(memory, at, ...values);
    const known = current.results[current.at++];
    if (known !== undefined) return known;
    current.results.push(operation(memory, at, ...values));
    throw new Pause();
  };
}

const atomics = Atomics as unknown as Record<string, Operation>;
for (const name of ['load', 'store', 'exchange', 'compareExchange']) {
  const operation = atomics[name];
  if (operation !== undefined) atomics[name] = stepping(operation);
}
const { cellWords, publishRead, publishWrite, racingWriter } = await import('../../src/race/cell.js');
const { acquire, lockSyncVar, syncVarWords, unlockSyncVar } = await import('../../src/race/sync-var.js');
const { makeEpoch, slotCount } = await import('../../src/race/epoch.js');

/** What a thread does; its value when it has come to its end. */
type Thread<T> = (memory: Int32Array) => T;

/** Calls `check` with the results of the threads after each order of their steps. */
function everyOrder<T>(words: number, threads: readonly Thread<T>[], check: (results: T[]) => void): number {
  let orders = 0;
  const explore = (path: readonly number[]): void => {
    const memory = new Int32Array(words);
    const results = threads.map((): number[] => []);
    const ends: (T | undefined)[] = threads.map(() => undefined);
    const ended = new Set<number>();
    const step = (index: number): void => {
      const thread = threads[index];
      const known = results[index];
      if (thread === undefined || known === undefined) throw new TypeError(`no thread ${index}`);
      current = { results: known, at: 0 };
      try {
        ends[index] = thread(memory);
        ended.add(index);
      } catch (error) {
        if (!(error instanceof Pause)) throw error;
      } finally {
        current = undefined;
      }
    };
    for (const index of path) step(index);
    const running = threads.flatMap((_, index) => (ended.has(index) ? [] : [index]));
    if (running.length === 0) {
      orders++;
      check(ends as T[]); // all have ended
    } else for (const index of running) explore([...path, index]);
  };
  explore([]);
  return orders;
}

/** A thread in `slot` that nobody has told anything. */
function viewOf(memory: Int32Array, slot: number): { memory: Int32Array; clock: number; slot: number } {
  return { memory, clock: cellWords, slot };
}

const write =
  (slot: number): Thread<number> =>
  (memory) =>
    publishWrite(viewOf(memory, slot), 0, makeEpoch(slot, 1));

const read =
  (slot: number): Thread<number> =>
  (memory) => {
    const view = viewOf(memory, slot);
    const hasRoom = publishRead(view, 0, makeEpoch(slot, 1));
    return racingWriter(view, 0) || (hasRoom ? 0 : -1);
  };

const words = cellWords + slotCount;

test('cell: of two accesses without order at least one sees the other, in every order of their steps', () => {
  const check = (threads: readonly Thread<number>[]): void => {
    const orders = everyOrder(words, threads, (found) =>
      assert.ok(
        found.some((each) => each > 0),
        String(found),
      ),
    );
    assert.ok(orders >= 20, `${orders} orders`);
  };
  check([write(1), write(2)]);
  check([write(1), read(2)]);
});

test('cell: every writer but one is met, whoever reads meanwhile', () => {
  everyOrder(words, [write(1), write(2), read(3)], ([first = 0, second = 0, reader = 0]) => {
    assert.ok(first > 0 || second > 0);
    // The reader meets a writer, or is met by the one that comes behind it.
    const met = [first, second].some((each) => each >>> 24 === 3);
    assert.ok(reader > 0 || met || (first > 0 && second > 0), `${first} ${second} ${reader}`);
  });
});

test('cell: two readers and a writer: each reader sees it or is seen, or the other one is', () => {
  everyOrder(words, [read(1), read(2), write(3)], ([first = 0, second = 0, writer = 0]) => {
    assert.ok(writer > 0 || (first > 0 && second > 0), `${first} ${second} ${writer}`);
    assert.ok(first >= 0 && second >= 0); // there is room for two
  });
});

test('cell: readers alone never race, and the third of three is told that there is no room', () => {
  everyOrder(words, [read(1), read(2)], (found) => assert.deepEqual(found, [0, 0]));
  const memory = new Int32Array(words);
  assert.deepEqual([read(1)(memory), read(2)(memory), read(3)(memory)], [0, 0, -1]);
});

test('cell: an access that happened before is no race, and its place is taken', () => {
  const memory = new Int32Array(words);
  write(1)(memory);
  read(1)(memory);
  memory[cellWords + 1] = 1; // all of slot 1 up to seq 1 happened before
  assert.deepEqual([read(2)(memory), read(3)(memory), write(4)(memory)], [0, 0, makeEpoch(2, 1)]);
});

test('sync variable: a lock whose owner was killed is taken, and its order is no longer trusted', () => {
  const memory = new Int32Array(syncVarWords + slotCount);
  const thread = (slot: number, isAlive: boolean) => ({
    memory,
    clock: syncVarWords,
    slot,
    isAlive: () => isAlive,
    isShared: () => false,
    acquireAll: () => void memory.fill(9, syncVarWords),
  });
  lockSyncVar(thread(1, true), 0); // is killed here
  const key = lockSyncVar(thread(2, false), 0);
  unlockSyncVar(memory, 0, 1); // had it only been slow
  assert.equal(memory[0], 2);
  acquire(thread(2, true), 0);
  assert.deepEqual([memory[syncVarWords + 1], memory[syncVarWords + 3]], [9, 9]);
  unlockSyncVar(memory, 0, key);
  assert.equal(memory[0], 0);
});

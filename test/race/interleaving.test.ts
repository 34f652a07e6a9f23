import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Accesses as AccessesType } from '../../src/race/access.js';
import type { RaceThread } from '../../src/race/thread.js';
import type { ViewMark } from '../../src/race/view.js';
import { everyOrder, makeSteps, type Thread } from './every-order.js';

// The slow paths of the detector, in every order that threads can have.

makeSteps();
const { Accesses } = await import('../../src/race/access.js');
const { AtomicAccesses } = await import('../../src/race/atomic-access.js');
const { cellWords, extraWord, publishRead, publishWrite, racingWriter } = await import(
  '../../src/race/cell.js'
);
const { joinClock, usedSlots } = await import('../../src/race/clock.js');
const { makeEpoch, slotCount } = await import('../../src/race/epoch.js');
const { PlainAccesses } = await import('../../src/race/plain-access.js');
const sync = await import('../../src/race/sync-var.js');

const always = () => true;
const never = () => false;

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

const cell = (): Int32Array => new Int32Array(cellWords + slotCount);

test('cell: of two accesses without order at least one sees the other, in every order of their steps', () => {
  const check = (threads: readonly Thread<number>[]): void => {
    const orders = everyOrder({ memory: cell() }, threads, (found) =>
      assert.ok(
        found.some((each) => each > 0),
        String(found),
      ),
    );
    assert.ok(orders >= 6, `${orders} orders`);
  };
  check([write(1), write(2)]);
  check([write(1), read(2)]);
});

test('cell: every writer but one is met, whoever reads meanwhile', () => {
  everyOrder({ memory: cell() }, [write(1), write(2), read(3)], ([first = 0, second = 0, reader = 0]) => {
    assert.ok(first > 0 || second > 0);
    // The reader meets a writer, or is met by the one that comes behind it.
    const met = [first, second].some((each) => each >>> 24 === 3);
    assert.ok(reader > 0 || met || (first > 0 && second > 0), `${first} ${second} ${reader}`);
  });
});

test('cell: two readers and a writer: each reader sees it or is seen, or the other one is', () => {
  everyOrder({ memory: cell() }, [read(1), read(2), write(3)], ([first = 0, second = 0, writer = 0]) => {
    assert.ok(writer > 0 || (first > 0 && second > 0), `${first} ${second} ${writer}`);
    assert.ok(first >= 0 && second >= 0); // there is room for two
  });
});

test('cell: readers alone never race, and the third of three is told that there is no room', () => {
  everyOrder({ memory: cell() }, [read(1), read(2)], (found) => assert.deepEqual(found, [0, 0]));
  const memory = cell();
  assert.deepEqual([read(1)(memory), read(2)(memory), read(3)(memory)], [0, 0, -1]);
});

test('cell: an access that happened before is no race, and its place is taken', () => {
  const memory = cell();
  write(1)(memory);
  read(1)(memory);
  memory[cellWords + 1] = 1; // all of slot 1 up to seq 1 happened before
  assert.deepEqual([read(2)(memory), read(3)(memory), write(4)(memory)], [0, 0, makeEpoch(2, 1)]);
});

// The whole detector on a small shadow: header, two elements with a sync variable each, their values, the clocks.
const elements = [16, 16 + cellWords] as const;
const firstVar = 32;
const values = firstVar + 2 * sync.syncVarWords;
const clocks = values + 4;
const sizes = values + 2;

/** @param known - elements that Atomics have touched before: they have a sync variable */
function shadow(known: readonly number[], threads: number): Int32Array {
  const memory = new Int32Array(clocks + (threads + 1) * slotCount);
  memory[usedSlots] = threads;
  memory[sizes] = 1 << 2;
  for (const index of known)
    memory[(elements[index] ?? 0) + extraWord] = firstVar + index * sync.syncVarWords;
  return memory;
}

const mark: ViewMark = {
  region: 1,
  plane: 2,
  first: 0,
  base: elements[0],
  length: 2,
  name: 'Int32Array',
  isNumeric: true,
  operand: 'number',
  sizes,
};

/** An operation of Atomics; `exchange` is a compareExchange of 0. */
interface Operation {
  readonly does: 'load' | 'store' | 'add' | 'exchange';
  readonly element: number;
  readonly value?: number;
}

/** What a thread does in turn. */
type Action =
  | Operation
  | { readonly does: 'read' | 'write'; readonly element: number; readonly ifRead?: number };

function isPlain(action: Action): action is Exclude<Action, Operation> {
  return action.does === 'read' || action.does === 'write';
}

/** What came of it: races that were reported, and what was read atomically last. */
interface Outcome {
  readonly races: number;
  readonly read: number;
}

function actor(slot: number, actions: readonly Action[]): Thread<Outcome> {
  return (memory) => {
    const found: number[] = [];
    const accesses = new Accesses(actingThread(memory, slot), ({ previous }) => void found.push(previous));
    let read = -1;
    for (const action of actions) {
      if (!isPlain(action)) read = operate(accesses, action);
      else if ((action.ifRead ?? read) === read)
        new PlainAccesses(action.does, accesses).inView(mark, action.element, 1);
    }
    return { races: found.length, read };
  };
}

const kinds = {
  load: 'atomic read',
  store: 'atomic write',
  add: 'atomic read-modify-write',
  exchange: 'atomic read-modify-write',
} as const;

function operate(accesses: AccessesType, { does, element, value = 1 }: Operation): number {
  const operations = new AtomicAccesses(
    kinds[does],
    does === 'exchange' ? 'conditionally' : 'always',
    accesses,
  );
  const { memory } = accesses.thread;
  operations.enter(mark, element, 1);
  // Under the sync variable's lock: no step of its own is needed.
  const before = memory[values + element] ?? 0;
  const isDone = does === 'store' || does === 'add' || (does === 'exchange' && before === 0);
  if (isDone) memory[values + element] = does === 'add' ? before + value : value;
  operations.leave(mark, element, isDone ? 'wrote' : 'only read');
  return before;
}

/** A thread that notes each access under a seq of its own. */
function actingThread(memory: Int32Array, slot: number): RaceThread {
  const clock = clocks + slot * slotCount;
  let seq = 0;
  const thread: Partial<RaceThread> = {
    memory,
    slot,
    clock,
    version: 0,
    isSilent: false,
    isShared: () => false,
    isAlive: never,
    epoch: () => makeEpoch(slot, ++seq),
    beforeRelease: () => void (memory[clock + slot] = seq),
    released: () => {},
    acquireAll: () => {},
    learn(from) {
      if (joinClock(memory, clock, from)) thread.version = (thread.version ?? 0) + 1;
    },
  };
  return thread as RaceThread; // what the slow paths use of one
}

interface Scenario {
  readonly threads: readonly (readonly Action[])[];
  /** Elements that Atomics have touched before. */
  readonly known: readonly number[];
  /** What element 0 is at first; 0 by default. */
  readonly value?: number;
  /** Whether a race is to be reported, by what the threads have read; undefined where either is right. */
  readonly isRace: (read: readonly number[]) => boolean | undefined;
}

/** Tries every order; gives how many there are with and without a race. */
function explore({ threads, known, value = 0, isRace }: Scenario): { races: number; silent: number } {
  const counts = { races: 0, silent: 0 };
  const memory = shadow(known, threads.length);
  memory[values] = value;
  everyOrder(
    { memory, locks: [firstVar, firstVar + sync.syncVarWords] },
    threads.map((actions, index) => actor(index + 1, actions)),
    (outcomes) => {
      const read = outcomes.map((each) => each.read);
      const races = outcomes.reduce((sum, each) => sum + each.races, 0);
      const want = isRace(read);
      if (want !== undefined) assert.equal(races > 0, want, JSON.stringify(outcomes));
      counts[races > 0 ? 'races' : 'silent']++;
    },
  );
  return counts;
}

test('slow paths: an atomic and a plain access of one element always meet, unless both read', () => {
  const check = (first: Action['does'], second: 'read' | 'write', isRace: () => boolean): void => {
    const threads = [[{ does: first, element: 0 } as Action], [{ does: second, element: 0 } as Action]];
    const { races, silent } = explore({ threads, known: [0], isRace });
    assert.ok(races + silent >= 20, `${races} ${silent}`);
  };
  check('store', 'write', always);
  check('store', 'read', always);
  check('load', 'write', always);
  check('load', 'read', never);
  check('add', 'read', always);
  check('exchange', 'read', always);
});

test('slow paths: two atomic accesses of one element never race', () => {
  explore({
    threads: [[{ does: 'add', element: 0 }], [{ does: 'store', element: 0 }]],
    known: [0],
    isRace: never,
  });
});

test('slow paths: what an atomic read has seen is ordered, what it has not seen races', () => {
  const { races, silent } = explore({
    threads: [
      [
        { does: 'write', element: 1 },
        { does: 'store', element: 0 },
      ],
      [
        { does: 'load', element: 0 },
        { does: 'write', element: 1 },
      ],
    ],
    known: [0],
    isRace: ([, read]) => read !== 1,
  });
  assert.ok(races > 0 && silent > 0);
});

test('slow paths: who takes a lock comes after who gave it back', () => {
  const holds: readonly Action[] = [
    { does: 'write', element: 1 },
    { does: 'store', element: 0, value: 0 },
  ];
  const tries: readonly Action[] = [
    { does: 'exchange', element: 0 },
    { does: 'write', element: 1, ifRead: 0 }, // where it got it
  ];
  explore({ threads: [holds, tries], known: [0], value: 1, isRace: never });
});

test('slow paths: a plain write before an atomic one of the same element is ordered by reading that', () => {
  const { races, silent } = explore({
    threads: [
      [
        { does: 'write', element: 0 },
        { does: 'store', element: 0 },
      ],
      [{ does: 'load', element: 0 }],
    ],
    known: [0],
    isRace: ([, read]) => read !== 1,
  });
  assert.ok(races > 0 && silent > 0);
});

test('sync variable: a lock whose owner was killed is taken, and its order is no longer trusted', () => {
  const memory = new Int32Array(sync.syncVarWords + slotCount);
  const thread = (slot: number, isAlive: boolean) => ({
    memory,
    clock: sync.syncVarWords,
    slot,
    version: 0,
    isSilent: false,
    learn: () => {},
    isAlive: () => isAlive,
    isShared: () => false,
    acquireAll: () => void memory.fill(9, sync.syncVarWords),
  });
  sync.lockSyncVar(thread(1, true), 0); // is killed here
  const key = sync.lockSyncVar(thread(2, false), 0);
  sync.unlockSyncVar(memory, 0, 1); // had it only been slow
  assert.equal(memory[0], 2);
  sync.acquire(thread(2, true), 0);
  assert.deepEqual([memory[sync.syncVarWords + 1], memory[sync.syncVarWords + 3]], [9, 9]);
  sync.unlockSyncVar(memory, 0, key);
  assert.equal(memory[0], 0);
});

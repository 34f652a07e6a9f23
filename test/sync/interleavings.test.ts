import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { Mutex } from '../../src/sync/mutex.js';
import { Once } from '../../src/sync/once.js';
import { RWMutex } from '../../src/sync/rw-mutex.js';
import { Semaphore } from '../../src/sync/semaphore.js';
import { WaitGroup } from '../../src/sync/wait-group.js';
import { type Program, takeAllOrders } from './interleavings.js';

/** The larger programs, some minutes of them, are for the desk: `PROF_STRESS=full`. */
const isFull = process.env['PROF_STRESS'] === 'full';

/** A program on one block of memory: what a lock takes, then cells of its own. */
function program(
  lockBytes: number,
  make: (memory: SharedArrayBuffer, own: number) => Program['threads'],
): Program {
  const memory = new SharedArrayBuffer(lockBytes + 16);
  const cells = new Int32Array(memory);
  const own = lockBytes / 4;
  const atEnd = (): void => assert.equal(cells[own], 0, 'nobody is inside at the end');
  return { cells, threads: make(memory, own), atEnd };
}

/** Is in a critical section for two operations; at most `limit` threads may be. */
function inside(cells: Int32Array, own: number, limit: number): void {
  assert.ok(Atomics.add(cells, own, 1) < limit, `more than ${limit} inside`);
  Atomics.sub(cells, own, 1);
}

/** A clock that does not move, or one in which every wait is a long one. */
function clock(t: TestContext, millisACall: number): void {
  let now = 0;
  mock.method(performance, 'now', () => {
    now += millisACall;
    return now;
  });
  t.after(() => mock.restoreAll());
}

/** Each thread locks and unlocks so often. */
function mutexProgram(rounds: readonly number[]): Program {
  return program(Mutex.bytes, (memory, own) => {
    const cells = new Int32Array(memory);
    return rounds.map((count) => () => {
      const mutex = new Mutex(memory);
      for (let i = 0; i < count; i++) mutex.run(() => inside(cells, own, 1));
    });
  });
}

test('takeAllOrders: finds what is wrong', () => {
  const memory = new SharedArrayBuffer(8);
  const cells = new Int32Array(memory);
  const add = (): void => void Atomics.store(cells, 0, Atomics.load(cells, 0) + 1);
  const lost: Program = { cells, threads: [add, add], atEnd: () => assert.equal(cells[0], 2) };
  assert.throws(() => takeAllOrders(lost), /1 !== 2/);
  const sleep = (): void => void (Atomics.load(cells, 1) === 0 && Atomics.wait(cells, 0, 0));
  const wake = (): void => {
    Atomics.store(cells, 1, 1);
    Atomics.notify(cells, 0);
  };
  cells.fill(0);
  assert.throws(() => takeAllOrders({ cells, threads: [sleep, wake], atEnd: () => {} }), /asleep for ever/);
});

const mutexRounds = isFull
  ? [
      [2, 2],
      [1, 3],
      [1, 1, 1],
    ]
  : [[2, 2]];

test('Mutex: one at a time and no wake-up lost, in every order', (t) => {
  clock(t, 0);
  for (const rounds of mutexRounds) takeAllOrders(mutexProgram(rounds));
});

test('Mutex: as well where waiters reserve it', (t) => {
  clock(t, 10);
  for (const rounds of mutexRounds) takeAllOrders(mutexProgram(rounds));
});

test('RWMutex: a writer alone, readers together, in every order', () => {
  const reader = (lock: RWMutex, cells: Int32Array, own: number): void => {
    lock.lockRead();
    Atomics.add(cells, own + 1, 1);
    assert.equal(Atomics.load(cells, own), 0, 'a writer beside a reader');
    Atomics.sub(cells, own + 1, 1);
    lock.unlockRead();
  };
  const writer = (lock: RWMutex, cells: Int32Array, own: number): void => {
    lock.lock();
    inside(cells, own, 1);
    assert.equal(Atomics.load(cells, own + 1), 0, 'a reader beside a writer');
    lock.unlock();
  };
  for (const roles of [
    [writer, reader],
    [writer, writer],
    [reader, reader],
  ]) {
    const some = program(RWMutex.bytes, (memory, own) =>
      roles.map((role) => () => role(new RWMutex(memory), new Int32Array(memory), own)),
    );
    takeAllOrders(some);
  }
});

test('Semaphore: no more than its limit, in every order', () => {
  const small = [
    [1, 2],
    [2, 2],
  ] as const;
  for (const [limit, threads] of isFull ? [...small, [1, 3] as const, [2, 3] as const] : small) {
    const some = program(Semaphore.bytes, (memory, own) =>
      Array.from({ length: threads }, () => () => {
        const semaphore = new Semaphore(limit, memory);
        semaphore.acquire();
        inside(new Int32Array(memory), own, limit);
        semaphore.release();
      }),
    );
    takeAllOrders(some);
  }
});

test('WaitGroup: wait returns when all is done, in every order', () => {
  const some = program(WaitGroup.bytes, (memory, own) => {
    const cells = new Int32Array(memory);
    new WaitGroup(memory).add(2);
    const worker = (): void => {
      Atomics.add(cells, own + 1, 1);
      new WaitGroup(memory).done();
    };
    const waiter = (): void => {
      new WaitGroup(memory).wait();
      assert.equal(Atomics.load(cells, own + 1), 2);
    };
    return [worker, worker, waiter, waiter];
  });
  takeAllOrders(some);
});

test('Once: one does it, and nobody goes on before it is done, in every order', () => {
  const some = program(Once.bytes, (memory, own) => {
    const cells = new Int32Array(memory);
    return [0, 1, 2].map(() => () => {
      new Once(memory).do(() => {
        assert.equal(Atomics.add(cells, own + 1, 1), 0, 'done twice');
        Atomics.store(cells, own + 2, 1);
      });
      assert.equal(Atomics.load(cells, own + 2), 1, 'went on too early');
    });
  });
  takeAllOrders(some);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Accesses } from '../../src/race/access.js';
import { maxSeq, slotOf } from '../../src/race/epoch.js';
import { clockAt, makeShadow, maxThreads, slotAt, slot as slotWord } from '../../src/race/layout.js';
import { limitNotices } from '../../src/race/limits.js';
import { PlainAccesses } from '../../src/race/plain-access.js';
import { makeRegion } from '../../src/race/region.js';
import { endThread, RaceThread, startThread } from '../../src/race/thread.js';

/** A thread of a program, with its accesses to element 0 of a buffer, and the slots of those that they race with. */
interface Actor {
  readonly thread: RaceThread;
  readonly write: (site?: number) => void;
  readonly races: number[];
}

/** A shadow and the threads that work on it, all of them in this one. */
class Program {
  readonly memory = makeShadow();
  readonly #region = makeRegion(this.memory, 64);

  /** undefined where there is no room for one more */
  start(parent = 0): Actor | undefined {
    const started = startThread(this.memory, { parent, started: 0 });
    if (started === undefined) return undefined;
    const races: number[] = [];
    const calls = { site: 0, context: 0 };
    const thread = new RaceThread({
      memory: this.memory,
      ...started,
      historySize: 0,
      calls,
      describe: () => 4,
    });
    const accesses = new Accesses(thread, ({ previous }) => void races.push(slotOf(previous)));
    const writes = new PlainAccesses('write', accesses);
    const element = { region: this.#region, plane: 2, index: 0 } as const;
    return { thread, races, write: (site = 1) => writes.element(element, site) };
  }

  mustStart(): Actor {
    const actor = this.start();
    assert.ok(actor);
    return actor;
  }

  /** Lets a slot be at its last but so many seqs. */
  leave(slot: number, seqs: number): void {
    this.memory[slotAt(slot) + slotWord.lastSeq] = maxSeq - 1 - seqs;
  }
}

test('threads: 127 at once; one more is not watched, and that is said', () => {
  const program = new Program();
  const actors = Array.from({ length: 127 }, () => program.mustStart());
  assert.equal(new Set(actors.map(({ thread }) => thread.slot)).size, 127);
  assert.equal(limitNotices(program.memory), '');
  assert.equal(program.start(), undefined);
  assert.match(limitNotices(program.memory), /^prof: race detector: more than 127 threads at once.*\n$/);
  const [first, , third] = actors;
  if (first !== undefined && third !== undefined) endThread(first.thread, third.thread.number);
  assert.equal(program.start()?.thread.slot, third?.thread.slot);
});

test('threads: any number in turn; a slot that is used again races, and is ordered, as any other', () => {
  const program = new Program();
  const main = program.mustStart();
  for (let i = 0; i < maxThreads + 100; i++) {
    const { thread } = program.mustStart();
    endThread(main.thread, thread.number);
  }
  const [one, other] = [program.mustStart(), program.mustStart()];
  one.write();
  other.write();
  assert.deepEqual(other.races, [one.thread.slot]);
  main.thread.receive(other.thread.send());
  main.thread.receive(one.thread.send());
  main.write();
  assert.deepEqual(main.races, []);
  assert.equal(limitNotices(program.memory), '');
});

test('threads: with a thread end those that it has started', () => {
  const program = new Program();
  const main = program.mustStart();
  const parent = program.start(main.thread.number);
  const child = program.start(parent?.thread.number);
  child?.write();
  assert.ok(parent);
  endThread(main.thread, parent.thread.number);
  main.write();
  assert.deepEqual(main.races, []);
  assert.equal(program.memory[slotAt(child?.thread.slot ?? 0) + slotWord.state], 2);
});

test('threads: one whose seqs are used up goes on in another slot', () => {
  const program = new Program();
  const main = program.mustStart();
  program.leave(2, 3);
  const worker = program.mustStart();
  for (let i = 0; i < 10; i++) {
    worker.write();
    main.thread.receive(worker.thread.send());
  }
  assert.deepEqual(worker.races, []); // not with itself
  assert.equal(worker.thread.slot, 3);
  main.write();
  assert.deepEqual(main.races, []);
  worker.write(); // main has not been heard of
  assert.deepEqual(worker.races, [1]);
  main.write(2);
  assert.deepEqual(main.races, [3]);
});

test('threads: where no slot is left either, nothing more is noted, and nothing wrong is reported', () => {
  const program = new Program();
  const main = program.mustStart();
  const worker = program.mustStart();
  for (let slot = 3; slot < 128; slot++) program.memory[slotAt(slot) + slotWord.state] = 1;
  program.leave(2, 2);
  const last = new RaceThread({
    memory: program.memory,
    number: worker.thread.number,
    slot: 2,
    historySize: 0,
    calls: { site: 0, context: 0 },
    describe: () => 4,
  });
  for (let i = 0; i < 10; i++) {
    last.epoch('write', 1);
    last.send();
  }
  assert.ok(last.isSilent);
  assert.match(limitNotices(program.memory), /^prof: race detector: more than 2.1 billion accesses.*\n$/);
  assert.ok((program.memory[clockAt(2) + 2] ?? 0) <= maxSeq);
  main.thread.receive(last.send());
  main.write();
  assert.deepEqual(main.races, []);
});

import { copyClock, joinClock, usedSlots } from './clock.js';
import { maxSeq, slotCount } from './epoch.js';
import { atomics } from './native.js';

// Words that are not read by `atomics` are read behind an operation that is: on x64 no load passes it, elsewhere a race
// may go unseen.

// What is known of an element that Atomics touch; also the readers that its cell has no room for.
//
//   +0 lock      slot of the thread that is at it; 0 when free
//   +1 broken    1 when its lock was taken from a thread that may have been killed there
//   then vector clocks:
//   release      of the last atomic write: what whoever reads that write comes after
//   waiters      of the last critical section of the WaiterList
//   writes       each slot's last atomic write …
//   reads        … and atomic read: what plain accesses may race with
//   plainReads   each slot's last plain read, of elements with more readers than a cell holds

/** Words of a sync variable. */
export const syncVarWords: number = 16 + 5 * slotCount;

const brokenWord = 1;
const releaseClock = 16;
const waiterClock = releaseClock + slotCount;
const writeTable = waiterClock + slotCount;
const readTable = writeTable + slotCount;
const plainReadTable = readTable + slotCount;

/** The thread that synchronises. */
export interface Synchroniser {
  readonly memory: Int32Array;
  /** Index of its vector clock. */
  readonly clock: number;
  readonly slot: number;
  /** Whether the sync variable stands for several elements, for want of room; it then only adds order. */
  isShared(at: number): boolean;
  /** Whether the thread in that slot runs. */
  isAlive(slot: number): boolean;
  /** Takes in everything that any thread has done: order where none may be, so that nothing wrong is reported. */
  acquireAll(): void;
}

/** Tries, about 100 ms in all, until the lock is taken from its owner. */
const spins = 200;
const naps = 400;
const nap = new Int32Array(new SharedArrayBuffer(4));

/**
 * Enters the sync variable; every thread leaves it soon, but may be killed in it.
 *
 * @returns by what to leave it
 */
export function lockSyncVar({ memory, slot, isAlive }: Synchroniser, at: number): number {
  for (let tries = 0; ; tries++) {
    const owner = atomics.compareExchange(memory, at, 0, slot);
    if (owner === 0) return slot;
    if (tries < spins) continue;
    if (tries > spins + naps || !isAlive(owner)) {
      atomics.store(memory, at + brokenWord, 1);
      if (atomics.compareExchange(memory, at, owner, slot) === owner) return slot;
    }
    atomics.wait(nap, 0, 0, 0.25);
  }
}

/** Leaves the sync variable, unless it was taken away meanwhile. */
export function unlockSyncVar(memory: Int32Array, at: number, key: number): void {
  atomics.compareExchange(memory, at, key, 0);
}

/** An atomic read: what its writer knew is known. */
export function acquire(thread: Synchroniser, at: number): void {
  if (isBroken(thread, at)) thread.acquireAll();
  else joinClock(thread.memory, thread.clock, at + releaseClock);
}

/** An atomic write: who reads it comes after all that the thread has done. It hides what was written before. */
export function release({ memory, clock, isShared }: Synchroniser, at: number): void {
  if (isShared(at)) joinClock(memory, at + releaseClock, clock);
  else copyClock(memory, at + releaseClock, clock);
}

/** Enters the critical section of the WaiterList, after whoever left it last. */
export function enterWaiters(thread: Synchroniser, at: number): void {
  if (isBroken(thread, at)) thread.acquireAll();
  else joinClock(thread.memory, thread.clock, at + waiterClock);
}

/** Leaves the critical section of the WaiterList. */
export function leaveWaiters({ memory, clock }: Synchroniser, at: number): void {
  joinClock(memory, at + waiterClock, clock);
}

function isBroken({ memory }: Synchroniser, at: number): boolean {
  return memory[at + brokenWord] !== 0;
}

/** The tables of a sync variable. */
export const tables: Readonly<Record<'atomicWrites' | 'atomicReads' | 'plainReads', number>> = {
  atomicWrites: writeTable,
  atomicReads: readTable,
  plainReads: plainReadTable,
};

/** Notes an access of the thread in a table. */
export function noteIn(thread: Synchroniser, table: number, seq: number): void {
  atomics.store(thread.memory, table + thread.slot, seq);
}

/** The epoch of an access in a table that is unordered with now; 0 where there is none. */
export function racingIn(
  { memory, clock, slot }: Pick<Synchroniser, 'memory' | 'clock' | 'slot'>,
  table: number,
): number {
  const count = memory[usedSlots]!;
  for (let other = 1; other <= count; other++) {
    const seq = memory[table + other]!;
    if (seq > memory[clock + other]! && other !== slot) return (other << 24) | (seq & maxSeq);
  }
  return 0;
}

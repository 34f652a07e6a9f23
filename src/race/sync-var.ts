import { copyClock, joinClock, usedSlots } from './clock.js';
import { maxSeq, slotCount } from './epoch.js';
import { atomics, loadBehind, storeBehind } from './native.js';

// What is known of an element that Atomics touch; also the readers that its cell has no room for.
//
//   +0 lock      slot of the thread that is at it; 0 when free
//   +1 broken    1 when its lock was taken from a thread that may have been killed there
//   +2 owner     slot of the thread whose clock `release` is a copy of; 0 where it is none
//   +3 version   of that thread's clock, when it was copied
//   then vector clocks:
//   release      of the last atomic write: what whoever reads that write comes after
//   waiters      of the last critical section of the WaiterList
//   writes       each slot's last atomic write …
//   reads        … and atomic read: what plain accesses may race with
//   plainReads   each slot's last plain read, of elements with more readers than a cell holds
//
// Most atomic operations meet the clock of the thread that does them, or one that this thread has long taken in.
// Owner and version tell, so that no clock has to be gone through.

/** Words of a sync variable. */
export const syncVarWords: number = 16 + 5 * slotCount;

const brokenWord = 1;
const ownerWord = 2;
const versionWord = 3;
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
  /** Told apart by it: what the thread's clock knew of others at different times. */
  readonly version: number;
  /** Whether its accesses are no longer noted, so that its own part of the clock stands still. */
  readonly isSilent: boolean;
  /** Takes into its clock what the one at `from` knows. */
  learn(from: number): void;
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
export function lockSyncVar(thread: Synchroniser, at: number): number {
  const { memory, slot } = thread;
  return atomics.compareExchange(memory, at, 0, slot) === 0 ? slot : lockSlowly(thread, at);
}

function lockSlowly({ memory, slot, isAlive }: Synchroniser, at: number): number {
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

/** Leaves the sync variable. Where it was taken away meanwhile two may be in it, but then its order is not trusted. */
export function unlockSyncVar(memory: Int32Array, at: number, key: number): void {
  if (memory[at] === key) storeBehind(memory, at, 0);
}

/** An atomic read: what its writer knew is known. */
export function acquire(thread: Synchroniser, at: number): void {
  const { memory, clock, slot } = thread;
  const owner = memory[at + ownerWord]!;
  // Who has heard of something that the owner did later knows all that it knew then.
  const isKnown = owner === slot || memory[clock + owner]! > memory[at + releaseClock + owner]!;
  if (owner === 0 || !isKnown) thread.learn(at + releaseClock);
  trustOrNot(thread, at);
}

/** An atomic write: who reads it comes after all that the thread has done. It hides what was written before. */
export function release(thread: Synchroniser, at: number): void {
  const { memory, clock, slot, version } = thread;
  if (thread.isShared(at)) {
    joinClock(memory, at + releaseClock, clock);
  } else if (memory[at + ownerWord] === slot && memory[at + versionWord] === version) {
    memory[at + releaseClock + slot] = memory[clock + slot]!;
  } else {
    copyClock(memory, at + releaseClock, clock);
    memory[at + ownerWord] = thread.isSilent ? 0 : slot;
    memory[at + versionWord] = version;
  }
}

/** Enters the critical section of the WaiterList, after whoever left it last. */
export function enterWaiters(thread: Synchroniser, at: number): void {
  thread.learn(at + waiterClock);
  trustOrNot(thread, at);
}

/** Leaves the critical section of the WaiterList. */
export function leaveWaiters({ memory, clock }: Synchroniser, at: number): void {
  joinClock(memory, at + waiterClock, clock);
}

/** Behind what was taken in: somebody else may have been writing it. */
function trustOrNot(thread: Synchroniser, at: number): void {
  if (thread.memory[at + brokenWord] !== 0) thread.acquireAll();
}

/** The tables of a sync variable. */
export const tables: Readonly<Record<'atomicWrites' | 'atomicReads' | 'plainReads', number>> = {
  atomicWrites: writeTable,
  atomicReads: readTable,
  plainReads: plainReadTable,
};

/** Notes an access of the thread in a table; an operation of Atomics that writes is to follow before others are looked for. */
export function noteIn(thread: Synchroniser, table: number, seq: number): void {
  storeBehind(thread.memory, table + thread.slot, seq);
}

/** The epoch of an access in a table that is unordered with now; 0 where there is none. */
export function racingIn(
  { memory, clock, slot }: Pick<Synchroniser, 'memory' | 'clock' | 'slot'>,
  table: number,
): number {
  const count = memory[usedSlots]!;
  for (let other = 1; other <= count; other++) {
    const seq = loadBehind(memory, table + other);
    if (seq > memory[clock + other]! && other !== slot) return (other << 24) | (seq & maxSeq);
  }
  return 0;
}

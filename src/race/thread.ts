import { clockValues, joinClock, joinValues } from './clock.js';
import { makeEpoch, maxSeq, slotCount } from './epoch.js';
import {
  allocate,
  clockAt,
  header,
  maxThreads,
  slotAt,
  slotState,
  slot as slotWord,
  threadAt,
  thread as threadWord,
  threadWords,
} from './layout.js';
import { noteLimit } from './limits.js';
import { atomics, storeBehind } from './native.js';
import type { Synchroniser } from './sync-var.js';

/** Places in the code, each with one of its callers, whose last record is looked up at once; a power of two. */
const places = 2048;
/** Words of a place: its site, its context, the seq of the record, the text. */
const placeWords = 4;

/** Accesses of a thread whose stacks are kept. */
export function ringRecords(historySize: number): number {
  return 32768 * 2 ** historySize;
}

/** An epoch is of this thread, and not older than its last release, where it is `low` or up to `span` above it. */
export const own = { low: 0, span: 1 } as const;
/** More words than there are: V8 reads those of an array that is not on its heap in one instruction. */
const ownWords = 32;

/** What hooks in the code tell: which site, and who called. */
export interface Calls {
  /** The site of the call of a builtin that is about to come; 0 where none is known. */
  site: number;
  /** Hash of the calls that led to the running function; 0 outside of any. */
  context: number;
}

/** Writes down where the running code is; gives the index of a text. */
export type Describe = (kind: string, site: number) => number;

/** What a thread starts from. */
export interface ThreadStart {
  readonly memory: Int32Array;
  /** Number of the thread, 0 for the main thread. */
  readonly number: number;
  readonly slot: number;
  /** Doublings of the records that are kept. */
  readonly historySize: number;
  readonly calls: Calls;
  readonly describe: Describe;
}

/**
 * Takes a slot for a thread that is about to start, and notes the thread.
 *
 * Slots are used again only when all have been, and seqs go on where the last thread stopped: old epochs stay true.
 *
 * @param parent - number of the thread that starts it; -1 for the main thread
 * @param started - index of the text that says where; 0 for the main thread
 * @returns undefined where 127 threads run
 */
export function startThread(
  memory: Int32Array,
  { parent, started }: { readonly parent: number; readonly started: number },
): { readonly number: number; readonly slot: number } | undefined {
  const slot = takeSlot(memory);
  if (slot === 0) {
    noteLimit(memory, 'threads');
    return undefined;
  }
  const number = takeNumber(memory);
  const at = threadAt(number);
  memory[at + threadWord.slot] = slot;
  memory[at + threadWord.firstSeq] = memory[slotAt(slot) + slotWord.lastSeq]! + 1;
  memory[at + threadWord.parent] = parent;
  memory[at + threadWord.started] = started;
  memory[at + threadWord.name] = number;
  memory[at + threadWord.currentSlot] = slot;
  return { number, slot };
}

/** A number whose words no running thread has. */
function takeNumber(memory: Int32Array): number {
  for (;;) {
    const number = atomics.add(memory, header.threads, 1);
    const at = threadAt(number);
    if (memory[at + threadWord.state] === slotState.running) continue;
    memory[at + threadWord.state] = slotState.running;
    memory[at + threadWord.number] = number;
    return number;
  }
}

function takeSlot(memory: Int32Array): number {
  for (let slot = 1; slot < slotCount; slot++) {
    if (takeIf(memory, slot, slotState.free)) {
      raise(memory, header.slots, slot);
      return slot;
    }
  }
  for (let slot = 1; slot < slotCount; slot++) {
    const used = memory[slotAt(slot) + slotWord.lastSeq]!;
    if (used < maxSeq / 2 && takeIf(memory, slot, slotState.ended)) return slot;
  }
  return 0;
}

function takeIf(memory: Int32Array, slot: number, state: number): boolean {
  const at = slotAt(slot) + slotWord.state;
  return atomics.compareExchange(memory, at, state, slotState.running) === state;
}

/** Makes a word at least `value`. */
function raise(memory: Int32Array, at: number, value: number): void {
  for (let seen = atomics.load(memory, at); seen < value; seen = atomics.load(memory, at)) {
    atomics.compareExchange(memory, at, seen, value);
  }
}

/**
 * Notes that a thread has ended, and takes in what it did.
 *
 * @param number - of the thread
 */
export function endThread(joiner: RaceThread, number: number): void {
  const { memory } = joiner;
  const slot = memory[threadAt(number) + threadWord.currentSlot]!;
  joiner.acquireSlot(slot);
  const known = Math.min(atomics.load(memory, header.threads), maxThreads);
  for (let each = 0; each < known; each++) {
    const at = threadAt(each);
    if (memory[at + threadWord.state] !== slotState.running) continue;
    if (memory[at + threadWord.name] === number) memory[at + threadWord.state] = slotState.ended;
    // With a thread end those that it has started, and nobody else hears of that.
    else if (memory[at + threadWord.parent] === number) endThread(joiner, memory[at + threadWord.name]!);
  }
  atomics.store(memory, slotAt(slot) + slotWord.state, slotState.ended);
}

/** A running thread: its clock, its epoch, its records. */
export class RaceThread implements Synchroniser {
  readonly memory: Int32Array;
  readonly number: number;
  slot: number;
  clock: number;
  /** What is compared with cells, see `own`. */
  readonly own: Int32Array = new Int32Array(ownWords);
  /** Set when no seq is left: accesses are no longer noted, order still is. */
  isSilent = false;
  /** Goes up whenever the clock learns of other threads; never the same for two threads of a slot. */
  version: number;
  readonly #calls: Calls;
  readonly #describe: Describe;
  readonly #ringRecords: number;
  #ring: number;
  #seq: number;
  #epochStart: number;
  /** The last record of each place in the code, see `placeWords`. */
  readonly #places = new Int32Array(places * placeWords);
  /** Texts by site and context. */
  readonly #texts = new Map<number, number>();

  constructor({ memory, number, slot, historySize, calls, describe }: ThreadStart) {
    this.memory = memory;
    this.number = number;
    this.slot = slot;
    this.clock = clockAt(slot);
    this.#calls = calls;
    this.#describe = describe;
    this.#ringRecords = ringRecords(historySize);
    this.#ring = this.#takeRing();
    this.#seq = memory[slotAt(slot) + slotWord.lastSeq]!;
    this.#epochStart = this.#seq + 1;
    this.version = memory[slotAt(slot) + slotWord.version]!;
    this.#hasLearnt();
    this.#newEpoch();
  }

  /**
   * The epoch of an access, which is noted so that it can be reported later.
   *
   * @param origin - the site of the access; what `here` gave; 0 where nothing is known
   */
  epoch(kind: string, origin: number): number {
    const from = origin === 0 ? this.here(kind) : origin;
    const context = from < 0 ? 0 : this.#calls.context;
    const at = ((Math.imul(from, 0x9e3779b1) + context) & (places - 1)) * placeWords;
    const known = this.#places;
    if (known[at] === from && known[at + 1] === context) {
      const seq = known[at + 2]!;
      if (seq >= this.#epochStart) return makeEpoch(this.slot, seq);
    } else {
      known[at] = from;
      known[at + 1] = context;
      known[at + 3] = from < 0 ? -from : this.#textOf(kind, from);
    }
    const seq = this.#newRecord(known[at + 3]!);
    known[at + 2] = seq;
    return makeEpoch(this.slot, seq);
  }

  /** Where the running code is, as the origin of accesses of that kind; a stack is taken for it. */
  here(kind: string): number {
    return -this.#describe(kind, 0);
  }

  /** What other threads may know of this one, and this of others: one value a slot. */
  send(): Int32Array {
    this.memory[this.clock + this.slot] = this.#seq;
    const values = clockValues(this.memory, this.clock);
    this.#newEpoch();
    return values;
  }

  /** Something that another thread sent has come. */
  receive(values: Int32Array): void {
    joinValues(this.memory, this.clock, values);
    this.#hasLearnt();
  }

  learn(from: number): void {
    if (joinClock(this.memory, this.clock, from)) this.#hasLearnt();
  }

  #hasLearnt(): void {
    this.version = (this.version + 1) | 0;
    this.memory[slotAt(this.slot) + slotWord.version] = this.version;
  }

  /** The thread is about to make its clock known to others; `released` when it has. */
  beforeRelease(): void {
    this.memory[this.clock + this.slot] = this.#seq;
  }

  released(): void {
    this.#newEpoch();
  }

  /** All that a thread in `slot` has done so far happened before now. */
  acquireSlot(slot: number): void {
    if (slot === this.slot) return;
    const own = this.memory[slotAt(slot) + slotWord.lastSeq]!;
    joinClock(this.memory, this.clock, clockAt(slot));
    const at = this.clock + slot;
    if (this.memory[at]! < own) this.memory[at] = own;
    this.#hasLearnt();
  }

  /** All that a thread has done so far happened before now. */
  acquireThread(number: number): void {
    this.acquireSlot(this.memory[threadAt(number) + threadWord.currentSlot]!);
  }

  /** Where the clock of a slot is. */
  clockOf(slot: number): number {
    return clockAt(slot);
  }

  acquireAll(): void {
    const count = this.memory[header.slots]!;
    for (let slot = 1; slot <= count; slot++) this.acquireSlot(slot);
  }

  readonly isAlive = (slot: number): boolean =>
    atomics.load(this.memory, slotAt(slot) + slotWord.state) === slotState.running;

  readonly isShared = (at: number): boolean => at === this.memory[header.fallback];

  #textOf(kind: string, site: number): number {
    const key = site * 2 ** 32 + (this.#calls.context >>> 0);
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = this.#describe(kind, site);
    this.#texts.set(key, text);
    return text;
  }

  #newRecord(text: number): number {
    if (this.#seq >= maxSeq - 1) this.#renewSlot();
    const seq = ++this.#seq;
    if (this.#ring !== 0) {
      const at = this.#ring + (seq & (this.#ringRecords - 1)) * 2;
      storeBehind(this.memory, at, 0);
      storeBehind(this.memory, at + 1, text);
      storeBehind(this.memory, at, seq);
    }
    this.memory[slotAt(this.slot) + slotWord.lastSeq] = seq;
    return seq;
  }

  /** Goes on in another slot when the seqs of this one are used up. */
  #renewSlot(): void {
    const next = takeSlot(this.memory);
    if (next === 0) {
      noteLimit(this.memory, 'accesses');
      this.isSilent = true;
      this.#seq = maxSeq - 2;
      return;
    }
    const at = threadAt(this.number);
    const number = takeNumber(this.memory);
    const old = this.slot;
    atomics.store(this.memory, slotAt(old) + slotWord.state, slotState.ended);
    const last = this.#seq;
    this.memory.copyWithin(threadAt(number), at, at + threadWords);
    this.memory[at + threadWord.currentSlot] = next;
    // Whoever had the slot before is heard of: see `acquire`.
    joinClock(this.memory, clockAt(next), this.clock);
    this.slot = next;
    this.clock = clockAt(next);
    this.memory[this.clock + old] = last;
    this.#ring = this.#takeRing();
    this.#seq = this.memory[slotAt(next) + slotWord.lastSeq]!;
    this.memory[threadAt(number) + threadWord.number] = number;
    this.memory[threadAt(number) + threadWord.slot] = next;
    this.memory[threadAt(number) + threadWord.firstSeq] = this.#seq + 1;
    this.#epochStart = this.#seq + 1;
    this.version = this.memory[slotAt(next) + slotWord.version]!;
    this.#hasLearnt();
    this.#places.fill(0);
    this.#newEpoch();
  }

  /** The ring of the slot, which the threads before have used as well. */
  #takeRing(): number {
    const place = slotAt(this.slot) + slotWord.ring;
    const words = this.#ringRecords * 2;
    if (this.memory[place] === 0) this.memory[place] = allocate(this.memory, words);
    return this.memory[place]!;
  }

  #newEpoch(): void {
    if (this.#seq >= this.#epochStart) this.#epochStart = this.#seq + 1;
    const low = makeEpoch(this.slot, this.#epochStart);
    this.own[own.low] = low;
    this.own[own.span] = makeEpoch(this.slot, maxSeq) - low;
  }
}

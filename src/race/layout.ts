import { siteWord } from '../source/transform/instrumented.js';
import { usedSlots } from './clock.js';
import { slotCount } from './epoch.js';
import { atomics } from './native.js';
import { syncVarWords } from './sync-var.js';

// The shadow: one piece of shared memory, made by the main thread, that all threads work on.
//
//   header     counters, see `header`
//   slots      for each slot its state and its thread's vector clock
//   threads    every thread there was: its slot, where it was started
//   regions    every watched buffer: its size, the base of each plane, where it was allocated
//   heap       handed out in pieces that are never given back: planes, sync variables, records, texts

type HeaderWord =
  | 'free'
  | 'slots'
  | 'threads'
  | 'regions'
  | 'sites'
  | 'races'
  | 'printed'
  | 'limits'
  | 'halted'
  | 'edits'
  | 'fallback';

/** Words of the header. */
export const header: Readonly<Record<HeaderWord, number>> = {
  /** Where the free part of the heap starts. */
  free: 0,
  /** Slots that have been in use. */
  slots: usedSlots,
  /** Threads that were started. */
  threads: 2,
  regions: 3,
  /** Ids of places in code that were given out. */
  sites: siteWord,
  /** Races that were found. */
  races: 5,
  /** Head of the list of races that were printed. */
  printed: 6,
  /** A bit for each limit that was met, see `noteLimit`. */
  limits: 7,
  /** 1 when a thread has begun to end the program because of a race. */
  halted: 8,
  /** Head of the list of what was put into files, see `sharedEdits`. */
  edits: 9,
  /** The sync variable of those that have none of their own. */
  fallback: 10,
} as const;

/** Words of a slot: its state, its thread, the last seq that it gave out, its ring of records, the version of its clock; the clock. */
const slotWords: number = 8 + slotCount;
export const slot = { state: 0, thread: 1, lastSeq: 2, ring: 3, version: 4, clock: 8 } as const;
export const slotState = { free: 0, running: 1, ended: 2 } as const;

/** Words of a thread. */
export const threadWords = 8;
export const thread = {
  /** Its slot, which its `firstSeq` is of. */
  slot: 0,
  firstSeq: 1,
  parent: 2,
  started: 3,
  state: 4,
  /** The number that reports show: a thread that goes on in another slot keeps its first one. */
  name: 5,
  currentSlot: 6,
  number: 7,
} as const;
/** Threads that reports know of; of more, the ones that ended are forgotten. */
export const maxThreads = 16384;

/** Words of a region. */
const regionWords = 16;
export const region = {
  bytes: 0,
  planes: 4,
  tables: 8,
  thread: 12,
  allocated: 13,
  name: 14,
  /** A bit for each plane that there is. */
  sizes: 15,
} as const;
/** Buffers that are watched. */
export const maxRegions = 131072;

const slotsAt = 16;
const threadsAt: number = slotsAt + slotCount * slotWords;
const regionsAt: number = threadsAt + maxThreads * threadWords;
/** Sync variables of locks by name: their indices. */
export const lockCount = 64;
export const locksAt: number = regionsAt + maxRegions * regionWords;
const heapAt = locksAt + lockCount;

/** Index of a slot's words. */
export function slotAt(number: number): number {
  return slotsAt + number * slotWords;
}

/** Index of a slot's vector clock. */
export function clockAt(number: number): number {
  return slotAt(number) + slot.clock;
}

/** Index of a thread's words; threads are numbered from 0, the main thread, and those far apart share them in turn. */
export function threadAt(number: number): number {
  return threadsAt + (number % maxThreads) * threadWords;
}

/** Index of a region's words; regions are numbered from 1. */
export function regionAt(number: number): number {
  return regionsAt + number * regionWords;
}

/** Sizes to try, in bytes: memory costs when it is used, but some systems do not promise more than they have. */
const sizes = [2 ** 32, 2 ** 31, 2 ** 30, 2 ** 28, 2 ** 26];

/** Makes a shadow, empty; the largest that the system gives. */
export function makeShadow(): Int32Array<SharedArrayBuffer> {
  for (const size of sizes) {
    try {
      const memory = new Int32Array(new SharedArrayBuffer(size));
      memory[header.free] = heapAt;
      memory[header.fallback] = allocateSyncVar(memory);
      return memory;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new RangeError(`--race needs ${sizes.at(-1)} bytes of memory`);
}

/**
 * Takes words of the heap, all zero.
 *
 * @returns their index, a multiple of 4; 0 when the heap is used up
 */
export function allocate(memory: Int32Array, words: number): number {
  const size = Math.ceil(words / 4) * 4;
  for (;;) {
    const at = atomics.load(memory, header.free);
    if (at + size > memory.length) return 0;
    if (atomics.compareExchange(memory, header.free, at, at + size) === at) return at;
  }
}

/** Takes a sync variable from the heap; 0 when it is used up. */
export function allocateSyncVar(memory: Int32Array): number {
  return allocate(memory, syncVarWords);
}

import { atomics } from '../sync/native-atomics.js';
import type { PB } from './b.js';
import type { CountOrder } from './thread-counter.js';
import type { ThreadProfile } from './thread-recorder.js';
import type { Thrown } from './thrown.js';

/** What main thread and workers of a parallel benchmark share, 8 bytes a field. */
const fields = { next: 0, limit: 1, grain: 2, ready: 3, go: 4, end: 5, marks: 6 } as const;

/** Bytes of the shared control block. */
export const controlBytes: number = 8 * Object.keys(fields).length;

/**
 * The shared control block of a parallel benchmark. What its threads do with it puts nothing of the benchmark into an
 * order: by the hooked Atomics each draw of iterations would hide races between those before and those behind it.
 */
export class Control {
  readonly memory: SharedArrayBuffer;
  readonly #cells: BigInt64Array;
  /** The low half of `go`, which threads wait on. */
  readonly #gate: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#cells = new BigInt64Array(memory);
    this.#gate = new Int32Array(memory, 8 * fields.go, 1);
  }

  /** Prepares a round of `n` iterations, handed out `grain` at a time. */
  reset(n: number, grain: number): void {
    for (let i = 0; i < this.#cells.length; i++) this.#cells[i] = 0n;
    this.#cells[fields.limit] = BigInt(n);
    this.#cells[fields.grain] = BigInt(grain);
  }

  /** A worker is ready; returns when the round starts. */
  waitForStart(): void {
    atomics.add(this.#cells, fields.ready, 1n);
    while (atomics.load(this.#gate, 0) === 0) atomics.wait(this.#gate, 0, 0);
  }

  /** Workers that are ready. */
  ready(): number {
    return Number(atomics.load(this.#cells, fields.ready));
  }

  /** Lets all threads go. */
  start(): void {
    atomics.store(this.#gate, 0, 1);
    atomics.notify(this.#gate, 0);
  }

  /** Iterations a thread may run now: `[first, end)`; empty when all are handed out. */
  take(): { readonly first: number; readonly end: number } {
    const limit = Number(this.#cells[fields.limit]);
    const grain = this.#cells[fields.grain] ?? 1n;
    const first = Number(atomics.add(this.#cells, fields.next, grain));
    return { first, end: Math.min(limit, first + Number(grain)) };
  }

  /** Notes when a thread ended; the latest counts. */
  finish(nanos: bigint): void {
    let seen = atomics.load(this.#cells, fields.end);
    while (nanos > seen) {
      const before = atomics.compareExchange(this.#cells, fields.end, seen, nanos);
      if (before === seen) return;
      seen = before;
    }
  }

  /** A thread has run so many marks of lines. */
  addMarks(count: number): void {
    atomics.add(this.#cells, fields.marks, BigInt(count));
  }

  /** Marks of lines that all threads have run in this round. */
  marks(): number {
    return Number(atomics.load(this.#cells, fields.marks));
  }

  /** When the last thread ended, on the clock of `process.hrtime`. */
  endNanos(): bigint {
    return atomics.load(this.#cells, fields.end);
  }
}

/** Draws iterations from the shared counter, a grain at a time. */
export class SharedPB implements PB {
  readonly #control: Control;
  #left = 0;

  constructor(control: Control) {
    this.#control = control;
  }

  next(): boolean {
    if (this.#left > 0) {
      this.#left--;
      return true;
    }
    const { first, end } = this.#control.take();
    if (first >= end) return false;
    this.#left = end - first - 1;
    return true;
  }
}

/** Draws iterations in one thread. */
export class LocalPB implements PB {
  #left: number;

  constructor(n: number) {
    this.#left = n;
  }

  next(): boolean {
    return this.#left-- > 0;
  }
}

/** What the main thread tells a worker: run one round of `n` iterations. */
export interface Round {
  readonly n: number;
  /** Which of the function's calls of `b.runParallel` it is for, from 0. */
  readonly call: number;
}

/** What the main thread tells a worker between rounds: to record something, or to stop and hand it over. */
export type RecordOrder = { readonly record: ThreadProfile } | { readonly record: 'stop' };

/** What it tells a worker while allocations are counted. */
export interface CountMessage {
  readonly count: CountOrder;
}

/** What a worker answers: what was thrown, `b.skip()` and `b.fail()` by their reasons. */
export type RoundEnd =
  | { readonly kind: 'done'; readonly failure: string | undefined }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'threw'; readonly thrown: Thrown };

/** What a worker is started with. */
export interface ParallelWorkerData {
  readonly file: string;
  readonly path: readonly string[];
  readonly request: string;
  readonly memory: SharedArrayBuffer;
  /** The share of the iterations that the thread gets; undefined where it draws them from the shared counter. */
  readonly share: Share | undefined;
}

/** One of `count` equal shares, by its index. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/** How many of `n` iterations a share has: all shares together have `n`. */
export function iterationsOf({ index, count }: Share, n: number): number {
  return Math.floor(n / count) + (index < n % count ? 1 : 0);
}

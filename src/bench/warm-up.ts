import { quantile } from '../stats/quantile.js';
import { sampleOf } from '../stats/sample.js';
import type { BatchTiming } from './driver.js';

/** How a warm-up went. */
export interface WarmedUp {
  readonly millis: number;
  /** Whether the benchmark had stopped to become faster. */
  readonly steady: boolean;
}

/** Bounds of a warm-up. */
export interface WarmUpOptions {
  readonly leastMillis: number;
  /** It is over then, steady or not. */
  readonly mostMillis: number;
}

/** Windows that have to agree; each takes this share of the least time, and some calls at least. */
const windows = 3;
const windowsOfLeast = 5;
const windowCalls = 3;
/** Windows agree when their times are not further apart. */
const tolerance = 0.02;
/** Calls at most, also where they take no time that could be measured. */
const maxCalls = 50_000;

/**
 * Tells when a benchmark has become as fast as it will: the last windows of its warm-up took the same. Of each window the
 * lower quartile counts, which neither collections of garbage nor other programs reach.
 */
export class WarmUp {
  readonly #options: WarmUpOptions;
  #millis = 0;
  #calls = 0;
  #window: number[] = [];
  #windowMillis = 0;
  readonly #levels: number[] = [];

  constructor(options: WarmUpOptions) {
    this.#options = options;
  }

  add({ n, nanos, wallNanos }: BatchTiming): void {
    this.#calls++;
    this.#millis += wallNanos / 1e6;
    this.#windowMillis += wallNanos / 1e6;
    this.#window.push(nanos / n);
    const isFull = this.#windowMillis >= this.#options.leastMillis / windowsOfLeast;
    if (!isFull || this.#window.length < windowCalls) return;
    this.#levels.push(quantile(sampleOf(this.#window), 0.25));
    this.#window = [];
    this.#windowMillis = 0;
  }

  get isOver(): boolean {
    if (this.#millis >= this.#options.mostMillis || this.#calls >= maxCalls) return true;
    return this.#millis >= this.#options.leastMillis && this.#isSteady();
  }

  /** Nanoseconds of an iteration in the last window; undefined where none was full. */
  get level(): number | undefined {
    return this.#levels.at(-1);
  }

  result(): WarmedUp {
    return { millis: this.#millis, steady: this.#isSteady() };
  }

  #isSteady(): boolean {
    const last = this.#levels.slice(-windows);
    return last.length === windows && Math.max(...last) <= Math.min(...last) * (1 + tolerance);
  }
}

/** After a collection code may have to be optimised again: so long at least, and at most. */
const settleMillis = 20;
const mostSettleMillis = 200;
const settleCalls = 3;
/** As fast as before, but for what a call may vary. */
const settledShare = 1.05;

/** Tells when a benchmark is as fast again as it was before garbage was collected. */
export class Settling {
  readonly #level: number;
  #millis = 0;
  #calls = 0;
  #last: number[] = [];

  /** @param level - nanoseconds of an iteration before */
  constructor(level: number) {
    this.#level = level;
  }

  add({ n, nanos, wallNanos }: BatchTiming): void {
    this.#calls++;
    this.#millis += wallNanos / 1e6;
    this.#last = [...this.#last.slice(1 - settleCalls), nanos / n];
  }

  get isOver(): boolean {
    if (this.#millis >= mostSettleMillis || this.#calls >= maxCalls) return true;
    const isFast = Math.min(...this.#last) <= this.#level * settledShare;
    return this.#millis >= settleMillis && this.#last.length === settleCalls && isFast;
  }
}

import { TakeBudget } from './take-budget.js';

/** What a sampling goes by. */
export interface SamplingOptions {
  /** Nanoseconds, at least 1: waits of so many and more are all taken. */
  readonly rate: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** The share of a thread's time that taking waits may cost. */
const costShare = 0.01;
/** Milliseconds that taking one can cost; where it took longer, another process had the core. */
const dearest = 0.1;
/** Nanoseconds: waits of so many are taken whatever they cost. */
const longest = 1e8;
/** Milliseconds that it may be ahead of that. */
const credit = 30;
/** Of so many short awaits one is looked at, where they are very many. */
const mostEvery = 8;

/**
 * Which waits are taken, by the rule of Go's block profile: one of `rate` nanoseconds or more always, a shorter one
 * with the probability of its share of them, and it then stands for all that were not. Sums are right on average.
 *
 * Where waits come so often that taking them would slow the program down, the rate is raised for as long as they do, and of short
 * awaits only one of some is looked at.
 *
 * @see https://go.dev/src/runtime/mprof.go, `blockevent` and `saveblockevent`
 */
export class Sampling {
  readonly #least: number;
  readonly #random: () => number;
  readonly #budget = new TakeBudget();
  #rate: number;
  #every = 1;
  #balance = credit;
  #lastMillis: number;

  /** @param nowMillis - the time now, on the clock of `paid` */
  constructor({ rate, random }: SamplingOptions, nowMillis: number) {
    this.#least = rate;
    this.#rate = rate;
    this.#random = random;
    this.#lastMillis = nowMillis;
  }

  /** How many waits one of so many nanoseconds stands for; 0 where it is not taken. */
  weight(nanos: number): number {
    if (nanos <= 0) return 0;
    if (nanos >= this.#rate) return 1;
    return this.#random() * this.#rate < nanos ? this.#rate / nanos : 0;
  }

  /** Of so many short awaits one is looked at. */
  get every(): number {
    return this.#every;
  }

  /** Which short await is looked at next, 1 for the very next one: at random, and `every` on average. */
  untilTold(): number {
    return 1 + Math.floor(this.#random() * (2 * this.#every - 1));
  }

  /** A wait of so many nanoseconds was taken, which cost the milliseconds from `startMillis` to `nowMillis`. */
  paid(nanos: number, startMillis: number, nowMillis: number): void {
    const cost = Math.min(nowMillis - startMillis, dearest);
    this.#budget.add({ nanos, weight: Math.max(1, this.#rate / nanos), cost, endMillis: nowMillis });
    this.passed(nowMillis);
    this.#balance -= cost;
    if ((this.#balance <= 0 || this.#isSparing) && this.#budget.isDue) this.#adjust();
  }

  /** Time has gone by: where little was taken for a while, all is again. */
  passed(nowMillis: number): void {
    const earned = (nowMillis - this.#lastMillis) * costShare;
    this.#balance = Math.min(this.#balance + earned, credit);
    this.#lastMillis = nowMillis;
    if (this.#balance > credit / 2 && this.#isSparing) this.#setRate(this.#least, 1);
  }

  get #isSparing(): boolean {
    return this.#rate > this.#least || this.#every > 1;
  }

  /** Has taking cost what it may from now on, if waits go on like the last ones. */
  #adjust(): void {
    const rate = this.#budget.rateFor(costShare, { least: this.#least, most: longest });
    const rateForAll = rate * this.#every;
    if (rate === this.#least) this.#setRate(rate, 1);
    else if (rateForAll < this.#least * mostEvery) this.#setRate(rateForAll, 1);
    else this.#setRate(rateForAll / mostEvery, mostEvery);
  }

  #setRate(rate: number, every: number): void {
    if (every !== this.#every) this.#budget.scale(this.#every / every);
    this.#rate = rate;
    this.#every = every;
  }
}

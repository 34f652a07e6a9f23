/** What a sampling goes by. */
export interface SamplingOptions {
  /** Nanoseconds, at least 1: waits of so many and more are all taken. */
  readonly rate: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** The share of a thread's time that taking waits may cost. */
const costShare = 0.02;
/** Milliseconds that taking one can cost; where it took longer, another process had the core. */
const dearest = 0.1;
/** Nanoseconds: waits of so many are taken whatever they cost. */
const longest = 1e8;
/** Milliseconds that it may be ahead of that. */
const credit = 30;

/**
 * Which waits are taken, by the rule of Go's block profile: one of `rate` nanoseconds or more always, a shorter one
 * with the probability of its share of them, and it then stands for all that were not. Sums are right on average.
 *
 * Where waits come so often that taking them would slow the program down, the rate is raised for as long as they do.
 *
 * @see https://go.dev/src/runtime/mprof.go, `blockevent` and `saveblockevent`
 */
export class Sampling {
  readonly #least: number;
  readonly #random: () => number;
  #rate: number;
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

  /** A wait of so many nanoseconds was taken, which cost the milliseconds from `startMillis` to `nowMillis`. */
  paid(nanos: number, startMillis: number, nowMillis: number): void {
    this.#balance += (nowMillis - this.#lastMillis) * costShare;
    this.#balance -= Math.min(nowMillis - startMillis, dearest);
    this.#balance = Math.min(this.#balance, credit);
    this.#lastMillis = nowMillis;
    if (this.#balance < 0)
      this.#rate = Math.max(this.#least, Math.min(1.1 * Math.max(this.#rate, nanos), longest));
    else this.#rate = Math.max(this.#least, this.#rate / 1.05);
  }
}

import type { Sampling } from './sampling.js';

/** Milliseconds: of awaits that take so long all are told, of shorter ones some where there are many. */
const longMillis = 20;

/** How long an await has taken. */
export interface AwaitTime {
  /** 0 where others stand for it. */
  nanos: number;
  /** How many awaits it stands for. */
  count: number;
}

/**
 * How long awaits take.
 *
 * To look at the clock costs more than all else that is done for an await. So a thread with very many of them looks when each begins,
 * but only for one of `Sampling.every`, chosen at random, also when it ends; that one stands for as many. An await that was long
 * already when the clock was last looked at, for whatever reason, which is a moment ago, is told in any case.
 */
export class AwaitTimes {
  readonly #sampling: Sampling;
  readonly #now: () => number;
  readonly #ended: AwaitTime = { nanos: 0, count: 1 };
  #lastMillis: number;
  /** Short awaits until the next one that is told, that one included. */
  #untilTold = 1;
  #every = 1;

  /** @param now - milliseconds, above 0 */
  constructor(sampling: Sampling, now: () => number) {
    this.#sampling = sampling;
    this.#now = now;
    this.#lastMillis = now();
  }

  /** Somebody has looked at the clock. */
  saw(millis: number): void {
    this.#lastMillis = millis;
  }

  /** An await begins; gives the time, in milliseconds. */
  begin(): number {
    const millis = this.#now();
    this.#lastMillis = millis;
    return millis;
  }

  /** How long an await has taken that ends now; holds until the next one does. */
  end(startMillis: number): Readonly<AwaitTime> {
    const ended = this.#ended;
    const isLong = this.#lastMillis - startMillis >= longMillis;
    if (!isLong && --this.#untilTold > 0) {
      ended.nanos = 0;
      return ended;
    }
    const millis = this.#now();
    this.#lastMillis = millis;
    ended.nanos = (millis - startMillis) * 1e6;
    ended.count = isLong ? 1 : this.#tell();
    return ended;
  }

  /** How many awaits the one stands for that is told, and when the next one is. */
  #tell(): number {
    const every = this.#every;
    this.#every = this.#sampling.every;
    this.#untilTold = this.#sampling.untilTold();
    return every;
  }
}

const offsetBits = 48;
const offsetLimit = 1n << BigInt(offsetBits);

/**
 * How long threads have waited for a lock since it was last given back, in 8 bytes of the lock's memory. They are only
 * touched while a profiler asks for it.
 *
 * The cell holds the number of waiters and an offset: all of them together have waited `waiters * now + offset`, in
 * nanoseconds modulo 2^48, three days. A waiter that ends by `terminate()` goes on to count.
 */
export class WaitMeter {
  readonly #cell: BigInt64Array<ArrayBufferLike>;

  /** @param byteOffset - a multiple of 8; zero where nobody has used the memory before */
  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#cell = new BigInt64Array(memory, byteOffset, 1);
  }

  /** A thread or an async function begins to wait. */
  join(): void {
    this.#change((waiters, waited) => [waiters + 1n, waited]);
  }

  /** It has got what it waited for; waiting since the lock was given back was nobody's doing. */
  leave(): void {
    this.#change((waiters) => [waiters > 0n ? waiters - 1n : 0n, 0n]);
  }

  /** What all have waited since this was asked last, in nanoseconds, or since somebody got the lock. */
  take(): number {
    if (Atomics.load(this.#cell, 0) === 0n) return 0;
    return this.#change((waiters) => [waiters, 0n]);
  }

  /** @returns how long was waited before the change */
  #change(next: (waiters: bigint, waited: bigint) => readonly [bigint, bigint]): number {
    let seen = Atomics.load(this.#cell, 0);
    for (;;) {
      const now = process.hrtime.bigint();
      const waiters = seen >> BigInt(offsetBits);
      const waited = modulo(waiters * now + modulo(seen));
      const [left, kept] = next(waiters, waited);
      const offset = modulo(kept - left * now);
      const cell = left === 0n && kept === 0n ? 0n : (left << BigInt(offsetBits)) | offset;
      const found = Atomics.compareExchange(this.#cell, 0, seen, cell);
      if (found === seen) return Number(waited);
      seen = found;
    }
  }
}

function modulo(nanos: bigint): bigint {
  return ((nanos % offsetLimit) + offsetLimit) % offsetLimit;
}

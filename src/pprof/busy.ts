/** Thrown where a profiler serves somebody else. */
export class BusyError extends Error {}

/** A profiler that only one can use at a time. */
export class Turn {
  readonly #what: string;
  #isTaken = false;

  /** @param what - what is in use, for the error: `cpu` */
  constructor(what: string) {
    this.#what = what;
  }

  /** @throws BusyError while somebody else is at it, in Go's words */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isTaken) throw new BusyError(`${this.#what} profiling already in use`);
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      this.#isTaken = false;
    }
  }
}

/** Takes that are looked back at. */
const windowSize = 64;
/** Takes between two looks. */
const strideSize = 8;

/** A wait that was taken. */
export interface Take {
  readonly nanos: number;
  /** How many waits it stood for among those that it was chosen from. */
  readonly weight: number;
  /** Milliseconds that taking it cost. */
  readonly cost: number;
  /** Milliseconds on a clock. */
  readonly endMillis: number;
}

/** The last takes of a thread: tell at what rate taking costs what it may. */
export class TakeBudget {
  readonly #takes: Take[] = [];
  #count = 0;

  add(take: Take): void {
    this.#takes[this.#count++ % windowSize] = take;
  }

  /** Whether it is time to look back. */
  get isDue(): boolean {
    return this.#count >= windowSize && this.#count % strideSize === 0;
  }

  /**
   * The rate at which, of waits like those that the last takes stand for, as many are taken as cost `share` of the time.
   *
   * @param least - the lowest rate to give
   * @param most - the highest
   */
  rateFor(share: number, { least, most }: { readonly least: number; readonly most: number }): number {
    const takes = this.#takes;
    const ends = takes.map(({ endMillis }) => endMillis);
    const cost = takes.reduce((sum, take) => sum + take.cost, 0) / takes.length;
    const wanted = (share * (Math.max(...ends) - Math.min(...ends))) / cost;
    let [low, high] = [Math.log(least), Math.log(most)];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (expected(takes, Math.exp(middle)) > wanted) low = middle;
      else high = middle;
    }
    return low === Math.log(least) ? least : Math.exp(high);
  }

  /** From now on waits are chosen from so many times as many, or as few. */
  scale(by: number): void {
    for (const [index, take] of this.#takes.entries())
      this.#takes[index] = { ...take, weight: take.weight * by };
  }
}

/** How many would have been taken at a rate. */
function expected(takes: readonly Take[], rate: number): number {
  return takes.reduce((sum, { nanos, weight }) => sum + weight * Math.min(1, nanos / rate), 0);
}

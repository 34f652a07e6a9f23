import { GCProfiler } from 'node:v8';
import { type Driver, runBatch } from './driver.js';

const stretchCalls = 4;
const maxTries = 7;

/**
 * Reads the bytes of one operation outside V8's heap: array buffers. They are given back at
 * collections and for a while after, so a stretch with one in it is run again, and shorter.
 */
export class ExternalReader {
  readonly #driver: Driver;
  #size: number;

  /** @param size - operations a call to begin with */
  constructor(driver: Driver, size: number) {
    this.#driver = driver;
    this.#size = size;
  }

  /** @returns NaN where no stretch was free of collections */
  async read(): Promise<number> {
    for (let tries = 0; tries < maxTries; tries++) {
      const size = this.#size;
      const small = await this.#stretch(size);
      const large = await this.#stretch(3 * size);
      const grown = large.bytes - small.bytes;
      if (small.isWhole && large.isWhole && grown >= 0) return grown / (2 * size * stretchCalls);
      this.#size = Math.max(1, Math.floor(size / 2));
    }
    return Number.NaN;
  }

  async #stretch(size: number): Promise<{ readonly bytes: number; readonly isWhole: boolean }> {
    const collections = new GCProfiler();
    collections.start();
    const before = process.memoryUsage().external;
    for (let i = 0; i < stretchCalls; i++) await runBatch(this.#driver, size);
    const bytes = process.memoryUsage().external - before;
    return { bytes, isWhole: collections.stop()?.statistics.length === 0 };
  }
}

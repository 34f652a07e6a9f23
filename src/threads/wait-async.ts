import { atomics } from '../sync/native-atomics.js';

/** What to wait for. */
export interface AsyncWait {
  readonly cells: Int32Array;
  readonly at: number;
  /** Waits for as long as the cell has this value. */
  readonly value: number;
  /** Longest wait; undefined for any time. */
  readonly timeoutMillis?: number;
}

/**
 * Resolves when somebody has changed the cell and notified, or the time is up. Does not keep the
 * thread alive.
 */
export async function waitAsync({ cells, at, value, timeoutMillis }: AsyncWait): Promise<void> {
  await atomics.waitAsync(cells, at, value, timeoutMillis).value;
}

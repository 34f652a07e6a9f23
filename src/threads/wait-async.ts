/** What to wait for. */
export interface AsyncWait {
  readonly cells: Int32Array;
  readonly at: number;
  /** Waits for as long as the cell has this value. */
  readonly value: number;
  /** Longest wait; undefined for any time. */
  readonly timeoutMillis?: number;
}

/** `Atomics.waitAsync`, which the types of ES2022 do not know; Node 20 has it. */
interface WaitAsync {
  waitAsync(
    cells: Int32Array,
    at: number,
    value: number,
    timeoutMillis?: number,
  ): { readonly value: unknown };
}

const { waitAsync: native } = Atomics as unknown as WaitAsync;

/**
 * Resolves when somebody has changed the cell and notified, or the time is up. Does not keep the
 * thread alive.
 */
export async function waitAsync({ cells, at, value, timeoutMillis }: AsyncWait): Promise<void> {
  await native(cells, at, value, timeoutMillis).value;
}

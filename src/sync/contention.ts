/** What is told of threads that wait for locks: the slot of a profiler. */
export interface ContentionObserver {
  /**
   * Does `wait`, which blocks this thread until it has what it wants.
   *
   * @param name - what the program called: `Mutex.lock`
   * @param memory - where the lock lives
   */
  blocking<T>(name: string, memory: SharedArrayBuffer, wait: () => T): T;
}

/** Filled by a profiler while it records; every lock of the thread looks here before it waits. */
export const contention: { observer: ContentionObserver | undefined } = { observer: undefined };

const names = new WeakMap<ArrayBufferLike, string>();

/** Remembers the name of shared memory. */
export function nameMemory(memory: SharedArrayBuffer, name: string): void {
  names.set(memory, name);
}

/** The name by which a program has asked for shared memory in this thread, or undefined. */
export function memoryName(memory: ArrayBufferLike): string | undefined {
  return names.get(memory);
}

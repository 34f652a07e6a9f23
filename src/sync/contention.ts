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

/** What is told of threads that others have waited for: the slot of a profiler. */
export interface HolderObserver {
  /**
   * This thread has given back what others wait for; called from where it did.
   *
   * @param name - what the program called: `Mutex.unlock`
   * @param memory - where the lock lives
   * @param nanos - how long others have waited for it since they could blame this holder, added up
   */
  released(name: string, memory: SharedArrayBuffer, nanos: number): void;
}

/** Filled by profilers while they record; every lock of the thread looks here before it waits, and when it is given back. */
export const contention: { observer: ContentionObserver | undefined; holders: HolderObserver | undefined } = {
  observer: undefined,
  holders: undefined,
};

const names = new WeakMap<ArrayBufferLike, string>();

/** Remembers the name of shared memory. */
export function nameMemory(memory: SharedArrayBuffer, name: string): void {
  names.set(memory, name);
}

/** The name by which a program has asked for shared memory in this thread, or undefined. */
export function memoryName(memory: ArrayBufferLike): string | undefined {
  return names.get(memory);
}

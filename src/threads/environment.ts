import workerThreads, { getEnvironmentData, type MessagePort, setEnvironmentData } from 'node:worker_threads';
import type { NumberedParts } from './envelope.js';
import { type AnyFunction, replace } from './patch.js';

const key = '$prof-toolkit/thread';

/** What a thread is started with, beside what its program gives it. */
export interface ThreadStartData {
  /** From whoever watches. */
  readonly given: unknown;
  /** The shared memory in the thread's workerData and environment data. */
  readonly shared: NumberedParts | undefined;
  /** Known ports in its workerData. */
  readonly ports: readonly MessagePort[];
  /** Keys of the environment data that the program has set. */
  readonly keys: readonly unknown[];
  /** Whether its parent writes to its standard input. */
  readonly hasInput: boolean;
}

/**
 * The data that every new thread inherits. What we give to a thread goes in it: it is cloned together with workerData,
 * so that the objects that are the same in both stay so.
 */
export class Environment {
  /** What this thread was started with; undefined on the main thread and where nobody watched its start. */
  readonly received: ThreadStartData | undefined;
  readonly #keys: Set<unknown>;

  constructor() {
    this.received = getEnvironmentData(key) as unknown as ThreadStartData | undefined; // only `with` sets it
    setEnvironmentData(key, undefined as unknown as Parameters<typeof setEnvironmentData>[1]); // it is this thread's alone
    this.#keys = new Set(this.received?.keys);
    replace(workerThreads, 'setEnvironmentData', (original: AnyFunction) => (...args) => {
      const result = original(...args);
      if (args[1] === undefined) this.#keys.delete(args[0]);
      else this.#keys.add(args[0]);
      return result;
    });
  }

  keys(): unknown[] {
    return [...this.#keys];
  }

  values(): unknown[] {
    return this.keys().map((each) => getEnvironmentData(each as Parameters<typeof getEnvironmentData>[0])); // it was set with it
  }

  /** Calls `start` while new threads are given `data`. */
  with<T>(data: ThreadStartData, start: () => T): T {
    const before = getEnvironmentData(key);
    setEnvironmentData(key, data as unknown as Parameters<typeof setEnvironmentData>[1]); // anything that can be cloned
    try {
      return start();
    } finally {
      setEnvironmentData(key, before);
    }
  }
}

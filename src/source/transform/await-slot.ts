import { awaitName } from './await-timers.js';

/** What is told of awaits: the slot of a profiler. */
export interface AwaitObserver {
  /**
   * An `await` has ended; called by the function that goes on.
   *
   * @param startMillis - when the function was suspended, on this clock
   * @param thrownLine - 1-based line of the `await` where it has thrown, for the function goes on elsewhere; 0 where it has not
   */
  waited(startMillis: number, awaited: unknown, thrownLine: number): void;
  /** Milliseconds since some moment. */
  now(): number;
}

/** One `await` of one call, made by instrumented code; not going on where its start is 0. */
interface Token {
  startMillis: number;
  awaited: unknown;
  line: number;
}

let observer: AwaitObserver | undefined;

/** Called by instrumented code; see `awaitInsertions`. */
const calls = {
  at<T>(awaited: T, token: Token, line: number): T {
    // What is no object is no promise, and there from the start.
    if (observer !== undefined && typeof awaited === 'object' && awaited !== null) {
      token.awaited = awaited;
      token.line = line;
      token.startMillis = observer.now();
    }
    return awaited;
  },
  end<T>(value: T, token: Token): T {
    if (token.startMillis !== 0) {
      const { startMillis, awaited } = token;
      token.startMillis = 0;
      observer?.waited(startMillis, awaited, 0);
    }
    return value;
  },
  threw(...tokens: readonly (Token | undefined)[]): void {
    for (const token of tokens) {
      if (token === undefined || token.startMillis === 0) continue;
      const { startMillis, awaited, line } = token;
      token.startMillis = 0;
      observer?.waited(startMillis, awaited, line);
    }
  },
};

/** Lets instrumented code run in this thread; it tells nobody. */
export function installAwaitCalls(): void {
  Object.defineProperty(globalThis, awaitName, { value: calls });
}

/** Whether instrumented code can run in this thread. */
export function hasAwaitCalls(): boolean {
  return Object.hasOwn(globalThis, awaitName);
}

/** Has `waits` told of the awaits of this thread that begin from now on; undefined ends that. */
export function watchAwaitsBy(waits: AwaitObserver | undefined): void {
  observer = waits;
}

import { awaitName } from './await-timers.js';

/** What is told of awaits: the slot of a profiler. */
export interface AwaitObserver {
  /** An `await` ends that was begun `startMillis` ago on `now`'s clock; called by the function that goes on. */
  waited(startMillis: number, awaited: unknown): void;
  /** Milliseconds since some moment. */
  now(): number;
}

/** One `await` of one call. */
interface Token {
  startMillis: number;
  awaited: unknown;
}

/** Where nobody watches: told apart from tokens by its start. */
const unwatched: Token = { startMillis: 0, awaited: undefined };

let observer: AwaitObserver | undefined;

/** Called by instrumented code; see `awaitInsertions`. */
const calls = {
  begin: (): Token => (observer === undefined ? unwatched : { startMillis: 0, awaited: undefined }),
  at<T>(awaited: T, token: Token): T {
    // What is no object is no promise, and there from the start.
    if (token !== unwatched && observer !== undefined && typeof awaited === 'object' && awaited !== null) {
      token.awaited = awaited;
      token.startMillis = observer.now();
    }
    return awaited;
  },
  end<T>(token: Token, value: T): T {
    if (token.startMillis !== 0) observer?.waited(token.startMillis, token.awaited);
    return value;
  },
};

/** Lets instrumented code run in this thread; it tells nobody. */
export function installAwaitCalls(): void {
  Object.defineProperty(globalThis, awaitName, { value: calls });
}

/** Has `waits` told of the awaits of this thread that begin from now on; undefined ends that. */
export function watchAwaitsBy(waits: AwaitObserver | undefined): void {
  observer = waits;
}

import { aroundProcessEmit } from './around-emit.js';

/** What Node does not document of `process`, but programs such as coverage tools have long relied on. */
interface ProcessInsides {
  /** Ends the thread; `process.exit` calls it last. */
  reallyExit(code?: number): never;
  /** Whether the thread is on its way out. */
  readonly _exiting?: boolean;
}

const insides = process as unknown as ProcessInsides;

/**
 * Calls `end` once, at the very end of this thread, in each way that is left to JavaScript: nothing
 * more to do, `process.exit`, an error that nobody catches. The program's own `exit` listeners have
 * run by then. Not called when a signal or `worker.terminate()` ends the thread.
 */
export function atThreadEnd(end: () => void): void {
  let hasEnded = false;
  const endOnce = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    end();
  };
  aroundProcessEmit((event, _args, proceed) => {
    // Some programs emit `exit` themselves, to clean up.
    if (event !== 'exit' || insides._exiting !== true) return proceed();
    try {
      return proceed();
    } finally {
      endOnce();
    }
  });
  // Where a listener of `exit` calls `process.exit`, no event comes to its end.
  const reallyExit = insides.reallyExit;
  insides.reallyExit = (code) => {
    endOnce();
    return Reflect.apply(reallyExit, process, [code]);
  };
}

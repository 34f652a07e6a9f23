import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import { atomics } from './native.js';

/** What is to be said when a program ends. */
export interface Ending {
  summarise(): void;
  /** Whether no other thread has begun to end the program; says yes once. */
  isFirstToEnd(): boolean;
}

/** What Node does not document of `process`: ends the process at once, of a worker only the thread. */
interface ProcessInsides {
  reallyExit(code: number): never;
}

/** How long a thread waits for the process to end. */
const graceMillis = 10_000;
const idle = new Int32Array(new SharedArrayBuffer(4));
const { reallyExit } = process as unknown as ProcessInsides;

/**
 * Ends the whole program, from whichever thread, as Go's `halt_on_error` does: nothing of the program runs any more in
 * this thread.
 */
export function haltProgram(ending: Ending, status: number): void {
  if (ending.isFirstToEnd()) {
    ending.summarise();
    if (isMainThread) Reflect.apply(reallyExit, process, [status]);
    endMainThread(status);
  }
  atomics.wait(idle, 0, 0, graceMillis);
}

/** Interrupts the main thread, in a loop or a wait too, in the way of a debugger. */
function endMainThread(status: number): void {
  const session = new Session();
  session.connectToMainThread();
  // Standard error is closed, or Node would say there that it waits for a debugger.
  const expression = `process.getBuiltinModule('fs').closeSync(2); process.reallyExit(${status})`;
  session.post('Runtime.evaluate', { expression });
}

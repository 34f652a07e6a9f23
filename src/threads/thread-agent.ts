import { Session } from 'node:inspector';

/** What other threads can ask of a thread, whatever it is doing. */
export interface ThreadAgent {
  /** Finishes what this thread records. */
  finish(): void;
  /** Main thread: asks a worker to finish. */
  finishWorker?(threadId: number): void;
  /** Main thread: the parent process has got a signal. */
  signal?(name: string): void;
}

const name = 'prof-toolkit.thread';
/** As it was before the program could change it. */
const { stringify } = JSON;

/** Lets other threads reach this one. */
export function offerAgent(agent: ThreadAgent): void {
  Object.defineProperty(globalThis, Symbol.for(name), { value: agent });
}

function call(request: string): object {
  return { expression: `globalThis[Symbol.for('${name}')]?.${request}` };
}

/** A request to an agent, as source text: `finish()`. */
export type Request = 'finish()' | `finishWorker?.(${number})` | `signal?.('${string}')`;

/**
 * Asks the main thread, from another one, at once: it need not come back to its event loop. It goes
 * the way of a debugger, which interrupts loops and waits; native code has to return first.
 */
export function askMainThread(request: Request): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.evaluate', call(request));
  session.disconnect(); // what was posted before is done before
}

interface AttachedToWorker {
  readonly params: { readonly sessionId: string; readonly workerInfo: { readonly title: string } };
}

/** A worker's `threadId`: its title is `[worker 3] name`. The id that the inspector itself gives it is another. */
function threadIdOf({ params }: AttachedToWorker): number {
  return Number(/^\[worker (\d+)\]/.exec(params.workerInfo.title)?.[1] ?? -1);
}

/** Workers that were asked something. */
export interface Asked {
  readonly threadIds: readonly number[];
  /** To be called when they have answered; before, it takes back what they have not yet heard. */
  close(): void;
}

/** Asks workers, from the main thread, in the same way; nested workers are among them. */
export function askWorkers(request: Request, isMeant: (threadId: number) => boolean): Asked {
  const session = new Session();
  session.connect();
  const threadIds: number[] = [];
  const message = stringify({ id: 1, method: 'Runtime.evaluate', params: call(request) });
  session.on('NodeWorker.attachedToWorker', (attached: AttachedToWorker) => {
    const threadId = threadIdOf(attached);
    if (!isMeant(threadId)) return;
    threadIds.push(threadId);
    session.post('NodeWorker.sendMessageToWorker', { sessionId: attached.params.sessionId, message });
  });
  // Those that run are told of before this returns.
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return { threadIds, close: () => session.disconnect() };
}

import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers';

interface AttachedToWorker {
  readonly params: {
    readonly sessionId: string;
    readonly workerInfo: { readonly title: string; readonly url: string };
  };
}

interface FromWorker {
  readonly params: { readonly sessionId: string; readonly message: string };
}

/** A command of V8's protocol. @see https://chromedevtools.github.io/devtools-protocol/v8/ */
export interface Command {
  readonly method: string;
  readonly params?: object;
}

/** What a worker has answered. */
export interface WorkerAnswer {
  /** `worker-3` or `pool-3`. */
  readonly thread: string;
  readonly result: unknown;
}

/** How long a worker may take to answer. */
const answerMillis = 2000;

/**
 * Talks to the inspectors of all workers of the process, from the main thread; workers need not know of it, and those
 * that start later are in it as well.
 */
export class WorkerSessions {
  readonly #session = new Session();
  readonly #titles = new Map<string, string>();
  readonly #isMeant: (url: string) => boolean;
  #lastId = 0;

  /** @param isMeant - whether a worker is talked to, by the URL of its script */
  constructor(isMeant: (url: string) => boolean) {
    this.#isMeant = isMeant;
  }

  /** Attaches to all workers, from now on; `first` are sent to each before all else. */
  start(first: () => readonly Command[]): void {
    this.#session.connect();
    this.#session.on('NodeWorker.attachedToWorker', ({ params }: AttachedToWorker) => {
      const { sessionId, workerInfo } = params;
      if (!this.#isMeant(workerInfo.url)) return;
      this.#titles.set(sessionId, workerInfo.title);
      for (const command of first()) this.#send(sessionId, command);
    });
    this.#session.on('NodeWorker.detachedFromWorker', ({ params }: FromWorker) =>
      this.#titles.delete(params.sessionId),
    );
    this.#session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  /** Sends a command to all, and does not wait for answers. */
  tell(command: Command): void {
    for (const sessionId of this.#titles.keys()) this.#send(sessionId, command);
  }

  /**
   * Sends a command to all; their answers, by name of thread. A worker that ends meanwhile, or stays in native code for
   * longer than 2 s, gives none.
   */
  async ask(command: Command): Promise<WorkerAnswer[]> {
    const answers: WorkerAnswer[] = [];
    const waiting = new Map([...this.#titles.keys()].map((id) => [this.#send(id, command), id]));
    if (waiting.size === 0) return answers;
    await new Promise<void>((resolve) => {
      const done = (id: number): void => {
        waiting.delete(id);
        if (waiting.size === 0) end();
      };
      const onMessage = ({ params }: FromWorker): void => {
        const { id = 0, result }: { id?: number; result?: unknown } = JSON.parse(params.message);
        if (waiting.get(id) !== params.sessionId) return;
        answers.push({ thread: nameOfWorker(this.#titles.get(params.sessionId) ?? ''), result });
        done(id);
      };
      const onEnd = ({ params }: FromWorker): void => {
        for (const [id, sessionId] of waiting) if (sessionId === params.sessionId) done(id);
      };
      const end = (): void => {
        clearTimeout(timer);
        this.#session.off('NodeWorker.receivedMessageFromWorker', onMessage);
        this.#session.off('NodeWorker.detachedFromWorker', onEnd);
        resolve();
      };
      const timer = setTimeout(end, answerMillis).unref();
      this.#session.on('NodeWorker.receivedMessageFromWorker', onMessage);
      this.#session.on('NodeWorker.detachedFromWorker', onEnd);
    });
    return answers.sort((a, b) => (a.thread < b.thread ? -1 : 1));
  }

  /** Detaches from all; what they do for it ends. */
  close(): void {
    this.#session.disconnect();
  }

  #send(sessionId: string, command: Command): number {
    const id = ++this.#lastId;
    const message = JSON.stringify({ id, ...command });
    this.#session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    return id;
  }
}

/** `worker-3` or `pool-3` for the title `[worker 3]` or `[worker 3] pool`. */
function nameOfWorker(title: string): string {
  const [, id = '', name = ''] = /^\[worker (\d+)\] ?(.*)$/.exec(title) ?? [];
  return `${name === '' ? 'worker' : name}-${id}`;
}

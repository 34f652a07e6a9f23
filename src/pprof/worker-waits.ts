import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import type { BlockSite } from '../capture/block/block-recorder.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { nameOfWorker } from '../capture/worker-cpu.js';
import type { WaitKind } from './wait-window.js';

interface AttachedToWorker {
  readonly params: {
    readonly sessionId: string;
    readonly workerInfo: { readonly title: string; readonly url: string };
  };
}

interface FromWorker {
  readonly params: { readonly sessionId: string; readonly message: string };
}

/** How long a worker may take to hand over what it has recorded. */
const answerMillis = 2000;
const stopId = 2;

const agent = JSON.stringify(fileURLToPath(new URL('./wait-agent.js', import.meta.url)));
// As if a package asked for it: Node 20 and 22 warn of others who require modules.
const asker = JSON.stringify(fileURLToPath(new URL('./node_modules/prof.cjs', import.meta.url)));
const loaded = `process.getBuiltinModule('node:module').createRequire(${asker})(${agent})`;

/** Where the workers of the process wait, asked from the main thread by their inspectors: they need not know of it. */
export class WorkerWaits {
  readonly #session = new Session();
  readonly #titles = new Map<string, string>();
  readonly #kind: WaitKind;
  readonly #isMeant: (url: string) => boolean;

  /** @param isMeant - whether a worker's script, by its URL, is to be watched */
  constructor(kind: WaitKind, isMeant: (url: string) => boolean) {
    this.#kind = kind;
    this.#isMeant = isMeant;
  }

  /** @param rate - nanoseconds; see `Sampling` */
  start(rate: number): void {
    this.#session.connect();
    this.#session.on('NodeWorker.attachedToWorker', ({ params }: AttachedToWorker) => {
      if (!this.#isMeant(params.workerInfo.url)) return;
      this.#titles.set(params.sessionId, params.workerInfo.title);
      this.#evaluate(params.sessionId, 1, `${loaded}.start('${this.#kind}', ${rate})`);
    });
    this.#session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  /** What they have recorded; a worker that has ended meanwhile, or stays in native code, tells nothing. */
  async stop(): Promise<ThreadRecord<readonly BlockSite[]>[]> {
    const records: ThreadRecord<readonly BlockSite[]>[] = [];
    await new Promise<void>((resolve) => {
      const waiting = new Set(this.#titles.keys());
      const done = (sessionId: string): void => {
        waiting.delete(sessionId);
        if (waiting.size === 0) resolve();
      };
      this.#session.on('NodeWorker.detachedFromWorker', ({ params }: FromWorker) => done(params.sessionId));
      this.#session.on('NodeWorker.receivedMessageFromWorker', ({ params }: FromWorker) => {
        const answer = answerOf(params.message);
        if (answer === undefined) return;
        const thread = nameOfWorker(this.#titles.get(params.sessionId) ?? '');
        if (answer.sites !== undefined) records.push({ thread, record: answer.sites });
        done(params.sessionId);
      });
      for (const sessionId of waiting) this.#evaluate(sessionId, stopId, `${loaded}.stop('${this.#kind}')`);
      if (waiting.size === 0) resolve();
      setTimeout(resolve, answerMillis).unref();
    });
    this.#session.disconnect();
    return records.sort((a, b) => (a.thread < b.thread ? -1 : 1));
  }

  #evaluate(sessionId: string, id: number, expression: string): void {
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression } });
    this.#session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
  }
}

/** What a worker answers at its end; undefined for other messages. */
function answerOf(message: string): { readonly sites: readonly BlockSite[] | undefined } | undefined {
  const { id, result }: { id?: number; result?: { result?: { value?: unknown } } } = JSON.parse(message);
  if (id !== stopId) return undefined;
  const value = result?.result?.value;
  return { sites: typeof value === 'string' ? JSON.parse(value) : undefined };
}

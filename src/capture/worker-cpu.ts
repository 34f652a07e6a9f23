import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers';
import { type InspectorProfile, sitesOf } from './cpu-inspector.js';
import type { CpuRecord } from './cpu-record.js';
import type { ThreadRecord } from './program-profile.js';

interface AttachedToWorker {
  readonly params: {
    readonly sessionId: string;
    readonly workerInfo: { readonly title: string; readonly url: string };
  };
}

interface ReceivedFromWorker {
  readonly params: { readonly sessionId: string; readonly message: string };
}

/** How long a worker may take to hand over its profile. */
const answerMillis = 2000;
/** Numbers of messages; only the answer to the last is of interest. */
const stopId = 9;

/**
 * CPU profiles of all workers of the process, taken from the main thread by their inspectors: workers
 * need not know of it. Those that start meanwhile are in it as well.
 */
export class WorkerCpuProfilers {
  readonly #session = new Session();
  readonly #titles = new Map<string, string>();
  readonly #intervalMicros: number;
  readonly #isMeant: (url: string) => boolean;

  /**
   * @param intervalMicros - time between ticks
   * @param isMeant - whether a worker's script, by its URL, is to be profiled
   */
  constructor(intervalMicros: number, isMeant: (url: string) => boolean) {
    this.#intervalMicros = intervalMicros;
    this.#isMeant = isMeant;
  }

  start(): void {
    this.#session.connect();
    this.#session.on('NodeWorker.attachedToWorker', ({ params }: AttachedToWorker) => {
      if (this.#isMeant(params.workerInfo.url)) this.#startIn(params.sessionId, params.workerInfo.title);
    });
    this.#session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  /** The profiles; a worker that has ended meanwhile, or stays in native code, has none. */
  async stop(): Promise<ThreadRecord<CpuRecord & { readonly callLines: boolean }>[]> {
    const records: ThreadRecord<CpuRecord & { readonly callLines: boolean }>[] = [];
    await new Promise<void>((resolve) => {
      const waiting = new Set(this.#titles.keys());
      const done = (sessionId: string): void => {
        waiting.delete(sessionId);
        if (waiting.size === 0) resolve();
      };
      this.#session.on('NodeWorker.detachedFromWorker', ({ params }: ReceivedFromWorker) =>
        done(params.sessionId),
      );
      this.#session.on('NodeWorker.receivedMessageFromWorker', ({ params }: ReceivedFromWorker) => {
        const record = this.#recordOf(params.message);
        const thread = nameOfWorker(this.#titles.get(params.sessionId) ?? '');
        if (record !== undefined) records.push({ thread, record });
        if (isAnswer(params.message)) done(params.sessionId);
      });
      for (const sessionId of waiting) this.#send(sessionId, { id: stopId, method: 'Profiler.stop' });
      if (waiting.size === 0) resolve();
      setTimeout(resolve, answerMillis).unref();
    });
    this.#session.disconnect();
    return records.sort((a, b) => (a.thread < b.thread ? -1 : 1));
  }

  /** Stops without profiles. */
  cancel(): void {
    this.#session.disconnect();
  }

  #startIn(sessionId: string, title: string): void {
    this.#titles.set(sessionId, title);
    const params = { interval: this.#intervalMicros };
    this.#send(sessionId, { id: 1, method: 'Profiler.enable' });
    this.#send(sessionId, { id: 2, method: 'Profiler.setSamplingInterval', params });
    this.#send(sessionId, { id: 3, method: 'Profiler.start' });
  }

  #send(sessionId: string, message: object): void {
    this.#session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify(message) });
  }

  #recordOf(message: string): (CpuRecord & { readonly callLines: boolean }) | undefined {
    const { id, result }: { id?: number; result?: { profile?: InspectorProfile } } = JSON.parse(message);
    const profile = id === stopId ? result?.profile : undefined;
    if (profile === undefined) return undefined;
    return {
      sites: sitesOf(profile),
      periodNanos: this.#intervalMicros * 1000,
      durationNanos: (profile.endTime - profile.startTime) * 1000,
      callLines: false,
    };
  }
}

function isAnswer(message: string): boolean {
  return (JSON.parse(message) as { id?: number }).id === stopId; // the protocol's form
}

/** `worker-3` or `pool-3` for the title `[worker 3]` or `[worker 3] pool`. */
export function nameOfWorker(title: string): string {
  const [, id = '', name = ''] = /^\[worker (\d+)\] ?(.*)$/.exec(title) ?? [];
  return `${name === '' ? 'worker' : name}-${id}`;
}

import { fileURLToPath } from 'node:url';
import type { BlockSite } from '../capture/block/block-recorder.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { type Command, WorkerSessions } from '../capture/worker-sessions.js';
import type { WaitKind } from './wait-window.js';

const agent = JSON.stringify(fileURLToPath(new URL('./wait-agent.js', import.meta.url)));
// As if a package asked for it: Node 20 and 22 warn of others who require modules.
const asker = JSON.stringify(fileURLToPath(new URL('./node_modules/prof.cjs', import.meta.url)));
const loaded = `process.getBuiltinModule('node:module').createRequire(${asker})(${agent})`;

/** Where the workers of the process wait, asked from the main thread by their inspectors: they need not know of it. */
export class WorkerWaits {
  readonly #sessions: WorkerSessions;
  readonly #kind: WaitKind;

  /** @param isMeant - whether a worker's script, by its URL, is to be watched */
  constructor(kind: WaitKind, isMeant: (url: string) => boolean) {
    this.#kind = kind;
    this.#sessions = new WorkerSessions(isMeant);
  }

  /** @param rate - nanoseconds; see `Sampling` */
  start(rate: number): void {
    this.#sessions.start(() => [evaluation(`${loaded}.start('${this.#kind}', ${rate})`)]);
  }

  /** What they have recorded; a worker that has ended meanwhile, or stays in native code, tells nothing. */
  async stop(): Promise<ThreadRecord<readonly BlockSite[]>[]> {
    const answers = await this.#sessions.ask(evaluation(`${loaded}.stop('${this.#kind}')`));
    this.#sessions.close();
    return answers.flatMap(({ thread, result }) => {
      const value = (result as { result?: { value?: unknown } } | undefined)?.result?.value; // as the protocol has it
      return typeof value === 'string' ? [{ thread, record: JSON.parse(value) }] : [];
    });
  }
}

function evaluation(expression: string): Command {
  return { method: 'Runtime.evaluate', params: { expression } };
}

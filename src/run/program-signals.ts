import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { fatalSignals, isFatalSignal } from '../threads/fatal-signals.js';

/** How long the program's side may take to say that it has heard. */
const hearMillis = 1000;

/**
 * Passes this process's signals on to a program, for as long as this process lives: a second Ctrl-C
 * must not end it while it writes what the first one has left. A signal may have reached the program
 * by itself; that is sorted out on the other side of the channel, see `FatalSignals`.
 */
export class SignalPass {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #unheard = new Map<NodeJS.Signals, NodeJS.Timeout>();
  #gaveUp: NodeJS.Signals | undefined;

  constructor(child: ChildProcess, channel: Duplex) {
    this.#child = child;
    this.#channel = channel;
    let pending = '';
    channel.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${pending}${text}`.split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) this.#onLine(line);
    });
    channel.on('error', () => {}); // the program's side is gone; its end is told otherwise
    for (const signal of fatalSignals) process.on(signal, () => this.#pass(signal));
  }

  /** The signal that the program would not end by, so that it was killed. */
  get gaveUp(): NodeJS.Signals | undefined {
    return this.#gaveUp;
  }

  /** Resolves when all that the program's side has said is read. */
  async closed(): Promise<void> {
    const timeout = AbortSignal.timeout(hearMillis); // a child of the program may hold it open
    if (!this.#channel.closed) await once(this.#channel, 'close', { signal: timeout }).catch(() => {});
  }

  #pass(signal: NodeJS.Signals): void {
    this.#channel.write(`${signal}\n`, () => {});
    // Nobody hears where the program has no threads, or has closed what it does not know.
    const kill = (): unknown => this.#child.kill(signal);
    clearTimeout(this.#unheard.get(signal));
    this.#unheard.set(signal, setTimeout(kill, hearMillis).unref());
  }

  #onLine(line: string): void {
    const [, verb, signal] = /^(got|gave up) (\w+)$/.exec(line) ?? [];
    if (!isFatalSignal(signal)) return;
    if (verb === 'gave up') this.#gaveUp = signal;
    clearTimeout(this.#unheard.get(signal));
  }
}

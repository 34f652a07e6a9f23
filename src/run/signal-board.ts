import { constants } from 'node:os';
import { atomics } from '../sync/native-atomics.js';
import { fatalSignals } from '../threads/fatal-signals.js';
import { waitAsync } from '../threads/wait-async.js';

const killCell = fatalSignals.length + 1;
const killMillis = 2000;

/** What the main thread tells of its signals to a thread that it cannot answer while it is busy. */
export class SignalBoard {
  readonly memory: SharedArrayBuffer;
  /**
   * Whether the program listens to each of `fatalSignals`; whether it is at its end; the number of the
   * signal that it wants to be killed by.
   */
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4 * (fatalSignals.length + 2))) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  setListening(signal: NodeJS.Signals, isListening: boolean): void {
    atomics.store(this.#cells, fatalSignals.indexOf(signal), Number(isListening));
  }

  isListening(signal: NodeJS.Signals): boolean {
    return atomics.load(this.#cells, fatalSignals.indexOf(signal)) === 1;
  }

  setEnding(): void {
    atomics.store(this.#cells, fatalSignals.length, 1);
  }

  get isEnding(): boolean {
    return atomics.load(this.#cells, fatalSignals.length) === 1;
  }

  /** Asks for the end of the process by a signal, and waits for it in vain for no more than a while. */
  wantKill(signal: NodeJS.Signals): void {
    const number = constants.signals[signal];
    atomics.store(this.#cells, killCell, number);
    atomics.notify(this.#cells, killCell);
    atomics.wait(this.#cells, killCell, number, killMillis);
  }

  /** The number of the signal that the process is to be killed by, when that is wanted. */
  async killWanted(): Promise<number> {
    await waitAsync({ cells: this.#cells, at: killCell, value: 0 });
    return atomics.load(this.#cells, killCell);
  }
}

import { constants } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers';
import { aroundProcessEmit } from './around-emit.js';

/** Signals that end a program which does not listen to them, and can be listened to. */
export const fatalSignals: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Whether a signal is one of `fatalSignals`. */
export function isFatalSignal(signal: unknown): signal is NodeJS.Signals {
  return fatalSignals.some((fatal) => fatal === signal);
}

/** What happens at the signals of a program. */
export interface SignalHooks {
  /** Called before a signal ends the program. */
  readonly beforeDeath: () => void;
  /**
   * Ends the program by a signal, from another thread; does not return. Needed where another thread's
   * interrupt is at work here: Node would say that it waits for a debugger.
   */
  readonly killFromOutside: (signal: NodeJS.Signals) => void;
  /** Told for each signal whether the program listens to it, now and whenever that changes. */
  readonly onListening: (signal: NodeJS.Signals, isListening: boolean) => void;
}

/** Milliseconds within which a signal to the whole process group reaches all of its processes. */
const groupMillis = 1000;
/** How long to wait for a signal that may be on its way; on a busy machine it takes its time. */
const onItsWayMillis = 250;

/**
 * The signals of a program's main thread. Those that would end it call `beforeDeath` first and end
 * it then, by the same signal; those that the program listens to are its own affair.
 *
 * Node must be listening for that. A listener of ours would be counted by whoever wants to know
 * whether he is alone (and then ends the program, or does not), so there is none to be seen.
 */
export class FatalSignals {
  readonly #hooks: SignalHooks;
  /** When signals came that the parent has not yet told of. */
  #unpaired: readonly { readonly signal: NodeJS.Signals; readonly at: number }[] = [];
  /** Those that are on their way from here. */
  readonly #forwarded = new Set<NodeJS.Signals>();
  readonly #kill: typeof process.kill = process.kill.bind(process);
  #isEnding = false;

  constructor(hooks: SignalHooks) {
    this.#hooks = hooks;
    aroundProcessEmit((event, args, proceed) => this.#onEmit(event, args, proceed));
    for (const signal of fatalSignals) this.#catch(signal);
    this.#watchKill();
    this.#watchAbort();
  }

  /**
   * The parent process has got a signal. The program has as well where it went to the whole process
   * group, as Ctrl-C does; where it did not, the program gets it now. Works while the program is
   * busy, when called by an interrupt.
   */
  fromParent(signal: NodeJS.Signals): void {
    if (this.#isEnding) return;
    if (!isListenedTo(signal)) this.#die(signal, this.#hooks.killFromOutside);
    else if (!this.#pair(signal)) {
      // Behind a busy stretch timers come before signals: `setImmediate` waits for those as well.
      const later = (): unknown => setImmediate(() => this.#pair(signal) || this.#forward(signal));
      setTimeout(later, onItsWayMillis).unref();
    }
  }

  #forward(signal: NodeJS.Signals): void {
    this.#forwarded.add(signal);
    this.#kill(process.pid, signal);
  }

  /** The program is at its end: signals of the parent no longer interrupt what is to be done there. */
  ending(): void {
    this.#isEnding = true;
  }

  /** Whether the signal has come by itself; forgets that it has. */
  #pair(signal: NodeJS.Signals): boolean {
    const recent = this.#unpaired.filter(({ at }) => Date.now() - at < groupMillis);
    const found = recent.find((one) => one.signal === signal);
    this.#unpaired = recent.filter((one) => one !== found);
    return found !== undefined;
  }

  #onEmit(event: string | symbol, args: readonly unknown[], proceed: () => boolean): boolean {
    if (isFatalSignal(event)) return this.#onSignal(event, proceed);
    const had = proceed();
    const [signal] = args;
    if (event === 'newListener' && isFatalSignal(signal)) this.#hooks.onListening(signal, true);
    // Without a listener Node lets the system do as it likes again.
    if (event === 'removeListener' && isFatalSignal(signal) && !isListenedTo(signal)) this.#catch(signal);
    return had;
  }

  #onSignal(signal: NodeJS.Signals, proceed: () => boolean): boolean {
    if (!isListenedTo(signal)) return this.#die(signal);
    if (!this.#forwarded.delete(signal))
      this.#unpaired = [...this.#unpaired.slice(-99), { signal, at: Date.now() }];
    return proceed();
  }

  #catch(signal: NodeJS.Signals): void {
    if (this.#isEnding) return;
    process.on(signal, nothing);
    hideListener(signal);
    this.#hooks.onListening(signal, false);
  }

  /** Ends the program by a signal that is caught no longer. */
  #die(signal: NodeJS.Signals, killFromOutside?: (signal: NodeJS.Signals) => void): never {
    this.#isEnding = true;
    this.#hooks.beforeDeath();
    if (isFatalSignal(signal)) process.on(signal, nothing).off(signal, nothing);
    killFromOutside?.(signal);
    return this.#kill(process.pid, signal) as never; // it does not come back
  }

  /** A program that ends itself by a signal is dead when `process.kill` would return. */
  #watchKill(): void {
    process.kill = (pid, signal = 'SIGTERM') => {
      const fatal = pid === process.pid ? deadlySignal(signal) : undefined;
      return fatal === undefined ? this.#kill(pid, signal) : this.#die(fatal);
    };
  }

  #watchAbort(): void {
    const abort = process.abort;
    process.abort = () => {
      this.#hooks.beforeDeath();
      return Reflect.apply(abort, process, []);
    };
  }
}

function nothing(): void {}

function isListenedTo(signal: NodeJS.Signals): boolean {
  return process.listeners(signal).some((listener) => listener !== nothing);
}

interface EmitterInsides {
  /** Listeners by event: one, or a list. */
  readonly _events?: Record<string, unknown>;
  _eventsCount?: number;
}

/** Takes our listener out of the table without Node's taking notice; where the table is another, it stays. */
function hideListener(signal: NodeJS.Signals): void {
  const insides = process as unknown as EmitterInsides;
  if (insides._events?.[signal] !== nothing || insides._eventsCount === undefined) return;
  delete insides._events[signal];
  insides._eventsCount--;
}

const uncatchable: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGABRT'];

/** The signal meant, where it would end this program; undefined where it would not. */
function deadlySignal(signal: string | number): NodeJS.Signals | undefined {
  const known = [...fatalSignals, ...uncatchable];
  const meant = known.find((name) => name === signal || constants.signals[name] === signal);
  return meant === undefined || isListenedTo(meant) ? undefined : meant;
}

import { openSync, readSync } from 'node:fs';
import { nowMillis } from './clock.js';

/** Times of a thread and of its process, in milliseconds. */
export interface ThreadTimes {
  /** For how long the thread could have run while something else had the processor. */
  readonly waited: number;
  /** For how long other threads of its process ran: it may have waited for them. */
  readonly others: number;
}

/** Where a watch reads. */
export interface ProcessorSource {
  /** Gives undefined where the system does not tell. */
  readonly read: () => ThreadTimes | undefined;
  /** Milliseconds since some moment. */
  readonly clock: () => number;
}

/** Reading takes microseconds; one that takes longer was interrupted itself. */
const quickMillis = 0.05;
const maxReads = 4;

/** Tells for how much of a time this thread waited for a processor that other programs had. */
export class ProcessorWatch {
  readonly #source: ProcessorSource;
  #start: ThreadTimes | undefined;
  #startMillis = 0;

  constructor(source: ProcessorSource = { read: threadTimes(), clock: nowMillis }) {
    this.#source = source;
  }

  start(): void {
    const { read, clock } = this.#source;
    for (let reads = 0; reads < maxReads; reads++) {
      const before = clock();
      this.#start = read();
      this.#startMillis = clock();
      if (this.#startMillis - before <= quickMillis) return;
    }
  }

  /** Milliseconds since `start`; less where it is not sure, 0 where the system does not tell. */
  waitedMillis(): number {
    const { read, clock } = this.#source;
    const endMillis = clock();
    const end = read();
    const reading = clock() - endMillis;
    if (this.#start === undefined || end === undefined) return 0;
    const waited = end.waited - this.#start.waited - (end.others - this.#start.others);
    const before = reading > quickMillis ? waited - reading : waited;
    return Math.min(endMillis - this.#startMillis, Math.max(0, before));
  }

  /** From 0 to 1, of the time since `start`. */
  waitedShare(): number {
    const millis = this.#source.clock() - this.#startMillis;
    const waited = this.waitedMillis();
    return waited === 0 ? 0 : waited / millis;
  }
}

/**
 * Linux knows how long each thread ran and how long it waited, in nanoseconds.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
function threadTimes(): () => ThreadTimes | undefined {
  let file: number;
  try {
    file = openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return () => undefined;
  }
  const text = Buffer.alloc(128);
  return () => {
    const { user, system } = process.cpuUsage();
    const length = readSync(file, text, 0, text.length, 0);
    const [ran, waited] = text.toString('latin1', 0, length).split(' ');
    return { waited: Number(waited) / 1e6, others: (user + system) / 1e3 - Number(ran) / 1e6 };
  };
}

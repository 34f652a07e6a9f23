import { readFileSync } from 'node:fs';
import { nowMillis } from './clock.js';

/** Times of a thread, in milliseconds. */
export interface ThreadTimes {
  readonly wall: number;
  /** For how long it could have run while something else had the processor. */
  readonly waited: number;
  /** For how long other threads of its process ran: it may have waited for them. */
  readonly others: number;
}

/** Tells for how much of a time this thread waited for a processor that other programs had. */
export class ProcessorWatch {
  readonly #read: () => ThreadTimes | undefined;
  #start: ThreadTimes | undefined;

  /** @param read - gives undefined where the system does not tell */
  constructor(read: () => ThreadTimes | undefined = threadTimes) {
    this.#read = read;
  }

  start(): void {
    this.#start = this.#read();
  }

  /** From 0 to 1, since `start`; 0 where the system does not tell. Never more than it was. */
  waitedShare(): number {
    const end = this.#read();
    if (this.#start === undefined || end === undefined) return 0;
    const wall = end.wall - this.#start.wall;
    const waited = end.waited - this.#start.waited - (end.others - this.#start.others);
    return wall > 0 ? Math.min(1, Math.max(0, waited / wall)) : 0;
  }
}

/**
 * Linux knows how long each thread ran and how long it waited.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
function threadTimes(): ThreadTimes | undefined {
  const wall = nowMillis();
  try {
    const [ran, waited] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    const { user, system } = process.cpuUsage();
    return { wall, waited: Number(waited) / 1e6, others: (user + system) / 1e3 - Number(ran) / 1e6 };
  } catch {
    return undefined;
  }
}

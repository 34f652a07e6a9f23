import { readFileSync } from 'node:fs';
import { nowMillis } from './clock.js';

/** Times of a thread, in milliseconds. */
export interface ThreadTimes {
  readonly wall: number;
  /** For how long it could have run while something else had the processor. */
  readonly waited: number;
}

/** Tells for how much of a time this thread waited for a processor: other programs make times longer. */
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

  /** From 0 to 1, since `start`; 0 where the system does not tell. */
  waitedShare(): number {
    const end = this.#read();
    if (this.#start === undefined || end === undefined) return 0;
    const wall = end.wall - this.#start.wall;
    return wall > 0 ? Math.min(1, Math.max(0, (end.waited - this.#start.waited) / wall)) : 0;
  }
}

/**
 * Linux knows how long each thread has waited; elsewhere it is the time in which the process used no processor.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
function threadTimes(): ThreadTimes {
  const wall = nowMillis();
  try {
    const [, waitedNanos] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return { wall, waited: Number(waitedNanos) / 1e6 };
  } catch {
    const { user, system } = process.cpuUsage();
    return { wall, waited: wall - (user + system) / 1000 };
  }
}

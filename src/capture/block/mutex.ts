import { contention, memoryName } from '../../sync/contention.js';
import type { Recorder } from '../recorder.js';
import { isOutside } from './block-locks.js';
import { BlockRecorder, type BlockSite } from './block-recorder.js';
import { BlockThread, nowMillis } from './block-thread.js';
import { readStack } from './read-stack.js';
import { Sampling } from './sampling.js';

/**
 * Records where this thread gives back locks of `prof-toolkit/sync` that others wait for, and for how long they have
 * waited. Waits are told by threads that record as well.
 */
export class MutexProfiler implements Recorder<readonly BlockSite[]> {
  readonly #rate: number;
  readonly #recorder = new BlockRecorder();

  /** @param rate - nanoseconds, at least 1; see `Sampling` */
  constructor(rate: number) {
    this.#rate = rate;
  }

  start(): void {
    const sampling = new Sampling({ rate: this.#rate, random: Math.random }, nowMillis());
    const thread = new BlockThread(this.#recorder, sampling);
    contention.holders = {
      released: function released(name, memory, nanos) {
        const event = { kind: 'lock', name, lock: memoryName(memory), nanos } as const;
        thread.recordLazily(event, () => readStack(released).filter(isOutside));
      },
    };
  }

  /** Ends it, and gives what was recorded. */
  stop(): readonly BlockSite[] {
    contention.holders = undefined;
    return this.#recorder.sites();
  }
}

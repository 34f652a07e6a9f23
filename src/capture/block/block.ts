import { watchAtomicsWaits, watchSpinning } from './block-atomics.js';
import { unwatchAwaits, watchAwaits, watchSources } from './block-awaits.js';
import { unwatchLocks, watchLocks } from './block-locks.js';
import { watchMessages } from './block-messages.js';
import { BlockRecorder, type BlockSite } from './block-recorder.js';
import { unwatchSyncCalls, watchSyncCalls } from './block-sync-calls.js';
import { BlockThread, nowMillis } from './block-thread.js';
import { leafWaits } from './leaf-waits.js';
import { Patches } from './patch.js';
import { Sampling } from './sampling.js';

/** Records where this thread waits. */
export class BlockProfiler {
  readonly #recorder = new BlockRecorder();
  readonly #patches = new Patches();

  /**
   * Starts at once; functions of Node and of the language that wait are replaced until `stop`.
   *
   * @param rate - nanoseconds, at least 1; see `Sampling`
   */
  constructor(rate: number) {
    const sampling = new Sampling({ rate, random: Math.random }, nowMillis());
    const thread = new BlockThread(this.#recorder, sampling);
    watchAtomicsWaits(thread, this.#patches);
    watchSpinning(thread, this.#patches);
    watchMessages(thread, this.#patches);
    watchSyncCalls(thread, this.#patches);
    watchSources(this.#patches);
    watchLocks(thread);
    watchAwaits(thread);
  }

  /** Ends it, puts everything back, and gives what was recorded. */
  stop(): readonly BlockSite[] {
    this.#patches.undo();
    unwatchAwaits();
    unwatchLocks();
    unwatchSyncCalls();
    return leafWaits(this.#recorder.sites());
  }
}

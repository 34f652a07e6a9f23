import type { Recorder } from '../recorder.js';
import { watchAtomicsWaits, watchSpinning } from './block-atomics.js';
import { unwatchAwaits, watchAwaits, watchSources } from './block-awaits.js';
import { unwatchLocks, watchLocks } from './block-locks.js';
import { watchMessages } from './block-messages.js';
import { BlockRecorder, type BlockSite } from './block-recorder.js';
import { unwatchSyncCalls, watchSyncCalls } from './block-sync-calls.js';
import { BlockThread, nowMillis } from './block-thread.js';
import { LoopWatch } from './loop-watch.js';
import { Patches } from './patch.js';
import { Sampling } from './sampling.js';

/** Records where this thread waits, and where it keeps its event loop waiting. */
export class BlockProfiler implements Recorder<readonly BlockSite[]> {
  readonly #rate: number;
  readonly #recorder = new BlockRecorder();
  readonly #patches = new Patches();
  #loop: LoopWatch | undefined;

  /** @param rate - nanoseconds, at least 1; see `Sampling` */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Functions of Node and of the language that wait are replaced until `stop`. */
  start(): void {
    const sampling = new Sampling({ rate: this.#rate, random: Math.random }, nowMillis());
    const thread = new BlockThread(this.#recorder, sampling);
    watchAtomicsWaits(thread, this.#patches);
    watchSpinning(thread, this.#patches);
    watchMessages(thread, this.#patches);
    watchSyncCalls(thread, this.#patches);
    watchSources(this.#patches);
    watchLocks(thread);
    watchAwaits(thread);
    this.#loop = new LoopWatch(thread, this.#recorder);
    this.#loop.start();
  }

  /** Ends it, puts everything back, and gives what was recorded. */
  stop(): readonly BlockSite[] {
    this.#patches.undo();
    unwatchAwaits();
    unwatchLocks();
    unwatchSyncCalls();
    this.#loop?.stop();
    return this.#recorder.sites();
  }
}

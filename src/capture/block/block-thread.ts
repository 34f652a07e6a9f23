import { fileURLToPath } from 'node:url';
import type { CpuFrame } from '../cpu-record.js';
import { AwaitTimes } from './await-times.js';
import type { BlockEvent, BlockRecorder } from './block-recorder.js';
import { readStack } from './read-stack.js';
import type { Sampling } from './sampling.js';

/** Milliseconds on a clock that the program cannot take away. */
export const nowMillis: () => number = performance.now.bind(performance);

/** What the parts of a block profile share: one recorder, and whether a wait is inside of one that counts as a whole. */
export class BlockThread {
  readonly #recorder: BlockRecorder;
  readonly #sampling: Sampling;
  /** How long awaits take. */
  readonly times: AwaitTimes;
  #depth = 0;
  #blockedMillis = 0;

  constructor(recorder: BlockRecorder, sampling: Sampling) {
    this.#recorder = recorder;
    this.#sampling = sampling;
    this.times = new AwaitTimes(sampling, nowMillis);
  }

  /** Whether a wait now is a part of another. */
  get isInside(): boolean {
    return this.#depth > 0;
  }

  /** For how long this thread has been blocked, each time that was recorded or could have been. */
  get blockedMillis(): number {
    return this.#blockedMillis;
  }

  /** Tells that somebody who looks often has looked at the clock. */
  saw(millis: number): void {
    this.times.saw(millis);
    this.#sampling.passed(millis);
  }

  /** Does `body`, whose waits are parts of one that is recorded as a whole. */
  inside<T>(body: () => T): T {
    this.#depth++;
    try {
      return body();
    } finally {
      this.#depth--;
    }
  }

  /** Records that the thread was blocked from `startMillis` until now. @param above - the innermost function that is left out of the stack */
  record(event: Omit<BlockEvent, 'nanos'>, startMillis: number, above: (...args: never[]) => unknown): void {
    this.recordBlocked(event, nowMillis() - startMillis, () => readStack(above));
  }

  /** Records that the thread was blocked for so long. */
  recordBlocked(event: Omit<BlockEvent, 'nanos'>, millis: number, stackOf: () => readonly CpuFrame[]): void {
    this.#blockedMillis += millis;
    this.recordLazily({ ...event, nanos: millis * 1e6 }, stackOf);
  }

  /** Records a wait; its stack is read only where it is to be recorded. */
  recordLazily(event: BlockEvent, stackOf: () => readonly CpuFrame[]): void {
    const weight = this.weightOf(event.nanos);
    if (weight > 0) this.take(event.nanos, weight, () => ({ event, stack: stackOf() }));
  }

  /** How many waits one of so many nanoseconds stands for; 0 where it is not recorded. */
  weightOf(nanos: number): number {
    return this.#sampling.weight(nanos);
  }

  /** Records a wait that has a weight, where it costs something to say what it was for; undefined for nobody's. */
  take(nanos: number, weight: number, read: () => TakenWait | undefined): void {
    const start = nowMillis();
    const taken = read();
    const caller = taken?.stack[0];
    if (taken !== undefined && caller !== undefined && !isOurs(caller))
      this.#recorder.add(taken.event, taken.stack, weight);
    const end = nowMillis();
    this.times.saw(end);
    this.#sampling.paid(nanos, start, end);
  }
}

/** A wait that is recorded. */
export interface TakenWait {
  readonly event: BlockEvent;
  /** Leaf first. */
  readonly stack: readonly CpuFrame[];
}

const ownFolder = new URL('../../', import.meta.url);
const ownFolders = [ownFolder.href, fileURLToPath(ownFolder)];

/** What Node's loader waits for, and what drives and measures a program, is not the program's doing. */
function isOurs({ url }: CpuFrame): boolean {
  return url.startsWith('node:') || ownFolders.some((folder) => url.startsWith(folder));
}

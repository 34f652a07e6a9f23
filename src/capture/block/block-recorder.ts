import type { CpuFrame } from '../cpu-record.js';

/** What a wait was for; the label `kind=`. */
export type BlockKind = 'atomics' | 'await' | 'io' | 'lock' | 'loop' | 'message' | 'spin' | 'sync' | 'timer';

/** A wait that has ended. */
export interface BlockEvent {
  readonly kind: BlockKind;
  readonly nanos: number;
  /** What was waited for, shown as the function on top of the stack: `Atomics.wait`. */
  readonly name: string;
  /** The name of the lock or of the memory that was waited for, where it has one. */
  readonly lock?: string | undefined;
  /** How many waits it counts for (1); 0 for a part of one that is counted elsewhere. */
  readonly count?: number;
  /** Whether an async function was suspended: its callers then wait as well. */
  readonly isAwait?: boolean;
}

/** Waits of one kind from one stack. */
export interface BlockSite {
  /** Root first; the last frame is what was waited for. */
  readonly stack: readonly CpuFrame[];
  readonly kind: BlockKind;
  readonly lock: string | undefined;
  readonly isAwait: boolean;
  /** Both may be fractions where waits were sampled. */
  readonly contentions: number;
  readonly nanos: number;
}

/** Waits by stack. */
export class BlockRecorder {
  readonly #sites = new Map<string, { -readonly [K in keyof BlockSite]: BlockSite[K] }>();

  /**
   * Records a wait.
   *
   * @param stack - leaf first
   * @param weight - how many such waits it stands for
   */
  add(event: BlockEvent, stack: readonly CpuFrame[], weight: number): void {
    const { kind, name, lock, isAwait = false, count = 1 } = event;
    const [contentions, nanos] = [count * weight, event.nanos * weight];
    const key = keyOf(stack, `${kind} ${name} ${isAwait} ${lock ?? ''}`);
    const known = this.#sites.get(key);
    if (known !== undefined) {
      known.contentions += contentions;
      known.nanos += nanos;
      return;
    }
    const leaf: CpuFrame = { name, url: '', line: 0, start: undefined };
    const rootFirst = [...stack].reverse().concat(leaf);
    this.#sites.set(key, { stack: rootFirst, kind, lock, isAwait, contentions, nanos });
  }

  /** What was recorded, in the order of first waits. */
  sites(): readonly BlockSite[] {
    return [...this.#sites.values()];
  }
}

function keyOf(stack: readonly CpuFrame[], rest: string): string {
  let key = rest;
  for (const { url, line, column, name } of stack) key += `\n${line}:${column} ${name} ${url}`;
  return key;
}

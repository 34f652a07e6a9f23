import type { BlockKind } from './block-recorder.js';

/** What a promise stands for. */
export interface AwaitSource {
  readonly kind: BlockKind;
  /** The function that gave it: `timers.setTimeout`. */
  readonly name: string;
  /** The name of the memory of the lock that it waits for, where it has one. */
  readonly lock?: string | undefined;
}

const unknownSource: AwaitSource = { kind: 'await', name: '(await)' };
const sources = new WeakMap<object, AwaitSource | 'nobody'>();

/** Notes what a promise stands for; other values are let pass. */
export function noteSource(promise: unknown, source: AwaitSource): void {
  if (promise instanceof Promise) sources.set(promise, source);
}

/** Waits for this promise are nobody's: the harness's own. */
export function leaveOut(promise: object): void {
  sources.set(promise, 'nobody');
}

/** What a value that is awaited stands for. */
export function sourceOf(awaited: unknown): AwaitSource | 'nobody' {
  if (typeof awaited !== 'object' || awaited === null) return unknownSource;
  return sources.get(awaited) ?? unknownSource;
}

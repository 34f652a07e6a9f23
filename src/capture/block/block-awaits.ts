import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { type AwaitObserver, watchAwaitsBy } from '../../source/transform/await-slot.js';
import { memoryName } from '../../sync/contention.js';
import { Mutex, Once, RWMutex, Semaphore, WaitGroup } from '../../sync/index.js';
import { type AwaitSource, noteSource, sourceOf } from './await-sources.js';
import type { BlockKind } from './block-recorder.js';
import type { BlockThread } from './block-thread.js';
import type { Callable, Patches } from './patch.js';
import { readStack } from './read-stack.js';

/** Shorter ones are no waits: going on after an `await` takes as long. */
const shortestNanos = 1000;

/** Records each `await` of the transformed modules, from suspension to resumption; one that throws where it is caught. */
export function watchAwaits(thread: BlockThread): void {
  const { times } = thread;
  watchAwaitsBy({
    now: () => times.begin(),
    // Most waits of a busy service end here without a weight: nothing is made for them.
    waited: function waited(startMillis, awaited, thrownLine): void {
      const { nanos, count } = times.end(startMillis);
      if (nanos < shortestNanos) return;
      const weight = thread.weightOf(nanos) * count;
      if (weight > 0) takeAwait(thread, { nanos, weight, awaited, thrownLine }, waited);
    },
  });
}

/** @param above - the function that was told of it */
function takeAwait(
  thread: BlockThread,
  { nanos, weight, awaited, thrownLine }: WeighedAwait,
  above: AwaitObserver['waited'],
): void {
  thread.take(nanos, weight, () => {
    const source = sourceOf(awaited);
    if (source === 'nobody') return undefined;
    // The function that tells of it stands between.
    const [top, ...callers] = readStack(above).slice(1);
    if (top === undefined) return undefined;
    const frame = thrownLine === 0 ? top : { ...top, line: thrownLine, column: undefined };
    return { event: { ...source, nanos, isAwait: true }, stack: [frame, ...callers] };
  });
}

interface WeighedAwait {
  readonly nanos: number;
  readonly weight: number;
  readonly awaited: unknown;
  readonly thrownLine: number;
}

/** Ends it. */
export function unwatchAwaits(): void {
  watchAwaitsBy(undefined);
}

/** Learns which promises stand for timers, files, answers from the network, and shared memory. */
export function watchSources(patches: Patches): void {
  tagAll(patches, timersPromises, { kind: 'timer', prefix: 'timers.' });
  tagAll(patches, fsPromises, { kind: 'io', prefix: 'fs.' });
  tag(patches, globalThis, 'fetch', { kind: 'io', name: 'fetch' });
  for (const [owner, names] of asyncLocks) for (const name of names) tagLock(patches, owner, name);
  patches.replace(Atomics as unknown as Record<string, unknown>, 'waitAsync', (waitAsync) => {
    return function waited(...args) {
      const result: { readonly value: unknown } = waitAsync(...args);
      noteSource(result.value, { kind: 'atomics', name: 'Atomics.waitAsync' });
      return result;
    };
  });
  syncBuiltinESMExports();
}

/** The forms of locks that do not block the thread. */
const asyncLocks: readonly (readonly [
  { readonly name: string; readonly prototype: object },
  readonly string[],
])[] = [
  [Mutex, ['lockAsync']],
  [RWMutex, ['lockAsync', 'lockReadAsync']],
  [Semaphore, ['acquireAsync']],
  [WaitGroup, ['waitAsync']],
  [Once, ['doAsync']],
];

function tagLock(
  patches: Patches,
  { name: owner, prototype }: { readonly name: string; readonly prototype: object },
  name: string,
): void {
  patches.replace(prototype as Record<string, unknown>, name, (wait: Callable) => {
    return function waited(this: { readonly memory: SharedArrayBuffer }, ...args) {
      const result: unknown = Reflect.apply(wait, this, args);
      noteSource(result, { kind: 'lock', name: `${owner}.${name}`, lock: memoryName(this.memory) });
      return result;
    };
  });
}

function tagAll(
  patches: Patches,
  module: object,
  { kind, prefix }: { kind: BlockKind; prefix: string },
): void {
  for (const name of Object.keys(module)) tag(patches, module, name, { kind, name: prefix + name });
}

function tag(patches: Patches, module: object, name: string, source: AwaitSource): void {
  patches.replace(module as Record<string, unknown>, name, (make: Callable) => {
    return function made(this: unknown, ...args) {
      const result: unknown = Reflect.apply(make, this, args);
      noteSource(result, source);
      return result;
    };
  });
}

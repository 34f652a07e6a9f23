import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import type { HeapSite, HeapWindowKind } from '../capture/heap.js';
import { HeapSampler } from '../capture/heap-sampler.js';
import type { CallFrame } from '../capture/inspector.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { StackTree } from '../capture/stack-tree.js';

/** What a thread holds or has allocated. */
export type ThreadHeap = ThreadRecord<readonly HeapSite[]>;

/**
 * The memory of this thread. V8 has one sampler for a thread, which watches what is in use, from the
 * beginning on; to see all that is allocated it is replaced for a while.
 */
export class MemoryWatch {
  /** Mean bytes between two samples. */
  readonly rate: number;
  /** Since when what is in use has been watched, milliseconds since 1970. */
  #since = Date.now();
  #sampler: HeapSampler;

  constructor(rate: number) {
    this.rate = rate;
    this.#sampler = this.#startSampler('in use');
  }

  get since(): number {
    return this.#since;
  }

  /** What is in use, after a collection. */
  inUse(): ThreadHeap[] {
    return [{ thread: nameOfThread(), record: this.#sampler.read() }];
  }

  /** By how much what is in use has grown after some time; less than 0 where it has shrunk. */
  async growth(seconds: number, signal: AbortSignal): Promise<ThreadHeap[]> {
    const before = this.#sampler.read();
    await sleep(seconds * 1000, undefined, { signal });
    return [{ thread: nameOfThread(), record: difference(this.#sampler.read(), before) }];
  }

  /** All that is allocated for some time; what is in use is then watched anew. */
  async allocated(seconds: number, signal: AbortSignal): Promise<ThreadHeap[]> {
    this.#sampler.stop();
    const window = this.#startSampler('allocated');
    try {
      await sleep(seconds * 1000, undefined, { signal });
      return [{ thread: nameOfThread(), record: window.read() }];
    } finally {
      window.stop();
      this.#sampler = this.#startSampler('in use');
      this.#since = Date.now();
    }
  }

  #startSampler(kind: HeapWindowKind): HeapSampler {
    const sampler = new HeapSampler({ rate: this.rate, kind });
    sampler.start();
    return sampler;
  }
}

function nameOfThread(): string {
  return isMainThread ? 'main' : `worker-${threadId}`;
}

function difference(after: readonly HeapSite[], before: readonly HeapSite[]): HeapSite[] {
  const tree = new StackTree<CallFrame>(
    ({ functionName, url, lineNumber, columnNumber }) =>
      `${functionName} ${lineNumber}:${columnNumber} ${url}`,
  );
  for (const { stack, objects, bytes } of before) tree.add(stack, [-objects, -bytes]);
  for (const { stack, objects, bytes } of after) tree.add(stack, [objects, bytes]);
  return tree
    .stacks()
    .map(({ frames, values: [objects = 0, bytes = 0] }) => ({ stack: frames, objects, bytes }))
    .filter(({ objects, bytes }) => objects !== 0 || bytes !== 0);
}

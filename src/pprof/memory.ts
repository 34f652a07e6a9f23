import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import type { HeapSite, HeapWindowKind } from '../capture/heap.js';
import { HeapSampler } from '../capture/heap-sampler.js';
import type { CallFrame } from '../capture/inspector.js';
import type { ThreadRecord } from '../capture/program-profile.js';
import { StackTree } from '../capture/stack-tree.js';
import { WorkerHeaps } from '../capture/worker-heaps.js';
import { isProgramWorker } from './own-workers.js';

/** What a thread holds or has allocated. */
export type ThreadHeap = ThreadRecord<readonly HeapSite[]>;

/**
 * The memory of all threads; of itself only where a worker watches. V8 has one sampler for a thread, which watches what is in
 * use, from the beginning on; to see all that is allocated it is replaced for a while.
 */
export class MemoryWatch {
  /** Mean bytes between two samples. */
  readonly rate: number;
  /** Since when what is in use has been watched, milliseconds since 1970. */
  #since = Date.now();
  #sampler: HeapSampler;
  readonly #workers: WorkerHeaps | undefined;

  constructor(rate: number) {
    this.rate = rate;
    this.#sampler = this.#startSampler('in use');
    if (!isMainThread) return;
    this.#workers = new WorkerHeaps({ rate, kind: 'in use' }, isProgramWorker);
    this.#workers.start();
  }

  get since(): number {
    return this.#since;
  }

  /** What is in use, after a collection. */
  inUse(): Promise<ThreadHeap[]> {
    return this.#read(this.#sampler);
  }

  /** By how much what is in use has grown after some time; less than 0 where it has shrunk. */
  async growth(seconds: number, signal: AbortSignal): Promise<ThreadHeap[]> {
    const before = new Map((await this.inUse()).map(({ thread, record }) => [thread, record]));
    await sleep(seconds * 1000, undefined, { signal });
    return (await this.inUse()).map(({ thread, record }) => ({
      thread,
      record: difference(record, before.get(thread) ?? []),
    }));
  }

  /** All that is allocated for some time; what is in use is then watched anew. */
  async allocated(seconds: number, signal: AbortSignal): Promise<ThreadHeap[]> {
    this.#sampler.stop();
    this.#workers?.restart({ rate: this.rate, kind: 'allocated' });
    const window = this.#startSampler('allocated');
    try {
      await sleep(seconds * 1000, undefined, { signal });
      return await this.#read(window);
    } finally {
      window.stop();
      this.#workers?.restart({ rate: this.rate, kind: 'in use' });
      this.#sampler = this.#startSampler('in use');
      this.#since = Date.now();
    }
  }

  async #read(sampler: HeapSampler): Promise<ThreadHeap[]> {
    const own = { thread: nameOfThread(), record: sampler.read() };
    return [own, ...((await this.#workers?.read()) ?? [])];
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

import { type HeapSite, HeapWindow } from '../capture/heap.js';
import { type Driver, runBatch } from './driver.js';
import { harness } from './harness.js';

/** What one operation allocates. */
export interface OneOperation {
  /** Objects in V8's heap. */
  readonly objects: number;
  readonly heapBytes: number;
  /** Bytes of array buffers and the like. */
  readonly externalBytes: number;
}

/** Reads what one operation allocates from a single call: good to some objects, cheap where it is long. */
export async function readOneOperation(driver: Driver): Promise<OneOperation> {
  const before = process.memoryUsage();
  const window = new HeapWindow('allocated');
  await runBatch(driver, 1);
  const after = process.memoryUsage();
  const own = window.close().flat().filter(isOwn);
  return {
    objects: own.reduce((sum, { objects }) => sum + objects, 0),
    heapBytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    // `external` goes on falling for a while after a collection; `arrayBuffers` knows nothing else.
    externalBytes: Math.max(0, after.external - before.external, after.arrayBuffers - before.arrayBuffers),
  };
}

/** Whether the benchmark's code allocated it, not the harness or what that calls. */
function isOwn({ stack }: HeapSite): boolean {
  if (!stack.some(({ url }) => url !== '')) return false;
  if (harness.isHarness(stack.at(-1)?.url ?? '')) return false;
  const isUsers = (url: string): boolean => url !== '' && !url.startsWith('node:') && !harness.isHarness(url);
  return stack.some(({ url }) => isUsers(url)) || !stack.some(({ url }) => harness.isHarness(url));
}

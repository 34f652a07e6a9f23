import { fileURLToPath } from 'node:url';
import { contention, memoryName } from '../../sync/contention.js';
import type { CpuFrame } from '../cpu-record.js';
import { type BlockThread, nowMillis } from './block-thread.js';
import { readStack } from './read-stack.js';

const syncFolder = new URL('../../sync/', import.meta.url);
const syncFolders = [syncFolder.href, fileURLToPath(syncFolder)];

/** Records the waits for the locks of `prof-toolkit/sync`, each as one, however often the thread looked meanwhile. */
export function watchLocks(thread: BlockThread): void {
  contention.observer = {
    blocking: function blocking(name, memory, wait) {
      const start = nowMillis();
      try {
        return thread.inside(wait);
      } finally {
        const event = { kind: 'lock', name, lock: memoryName(memory) } as const;
        thread.recordBlocked(event, nowMillis() - start, () => readStack(blocking).filter(isOutside));
      }
    },
  };
}

/** Ends it. */
export function unwatchLocks(): void {
  contention.observer = undefined;
}

/** Whether a function is not one of the locks themselves. */
export function isOutside({ url }: CpuFrame): boolean {
  return !syncFolders.some((folder) => url.startsWith(folder));
}

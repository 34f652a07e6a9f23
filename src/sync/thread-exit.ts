import { isMainThread } from 'node:worker_threads';

/** What wants to know that this thread ends. */
export interface ExitWatcher {
  threadExits(): void;
}

const watchers = new Set<WeakRef<ExitWatcher>>();
const collected = new FinalizationRegistry<WeakRef<ExitWatcher>>((ref) => watchers.delete(ref));

/**
 * Has `watcher` told when this worker ends by itself, by `process.exit()` or by an error. Nothing runs in a worker
 * that is ended by `terminate()`. The main thread's end is everybody's.
 */
export function whenThreadExits(watcher: ExitWatcher): void {
  if (isMainThread) return;
  if (watchers.size === 0) process.once('exit', tellAll);
  const ref = new WeakRef(watcher);
  watchers.add(ref);
  collected.register(watcher, ref);
}

function tellAll(): void {
  for (const ref of watchers) ref.deref()?.threadExits();
}

import { farCell } from './atomic-access.js';
import { type AnyFunction, type AtomicTools, indexIn, markOf, plainNumber } from './atomic-hooks.js';
import { acquire, enterWaiters, leaveWaiters, lockSyncVar, unlockSyncVar } from './sync-var.js';
import type { MarkedView } from './view.js';

/** Makes `wait`, `waitAsync` and `notify` of Atomics tell of the order that the list of waiters of an element makes. */
export function hookWaits(tools: AtomicTools): void {
  const lists = new WaiterLists(tools);
  tools.replace(Atomics, 'wait', (original) => hookWait(lists, original));
  tools.replace(Atomics, 'notify', (original) => hookNotify(lists, original));
  if ('waitAsync' in Atomics)
    tools.replace(Atomics, 'waitAsync', (original) => hookWaitAsync(lists, original));
}

/** What a thread does at a WaiterList. */
class WaiterLists {
  readonly #tools: AtomicTools;

  constructor(tools: AtomicTools) {
    this.#tools = tools;
  }

  /** The sync variable of the element that a call is about; undefined where it is none of a view over shared memory. */
  of([view, at]: readonly unknown[]): number | undefined {
    const { views, accesses, calls } = this.#tools;
    calls.site = 0; // such a call needs none
    const mark = markOf(view, views);
    if (mark === undefined) return undefined;
    const index = indexIn(view as MarkedView, mark, plainNumber(at)); // it has a mark
    return index < 0 ? undefined : accesses.syncVar(farCell(accesses.thread.memory, mark, index));
  }

  /** Enters the critical section and leaves it; where the value was looked at in between, its writer was before. */
  visit(at: number, { reads }: { readonly reads: boolean }): void {
    const { thread } = this.#tools.accesses;
    const key = lockSyncVar(thread, at);
    enterWaiters(thread, at);
    if (reads) acquire(thread, at);
    thread.beforeRelease();
    leaveWaiters(thread, at);
    unlockSyncVar(thread.memory, at, key);
    thread.released();
  }
}

function hookWait(lists: WaiterLists, original: AnyFunction): AnyFunction {
  return (...args) => {
    const at = lists.of(args);
    if (at === undefined) return original(...args);
    lists.visit(at, { reads: false });
    const result = original(...args);
    lists.visit(at, { reads: result === 'not-equal' });
    return result;
  };
}

function hookNotify(lists: WaiterLists, original: AnyFunction): AnyFunction {
  return (...args) => {
    const at = lists.of(args);
    if (at !== undefined) lists.visit(at, { reads: false });
    return original(...args);
  };
}

function hookWaitAsync(lists: WaiterLists, original: AnyFunction): AnyFunction {
  return (...args) => {
    const at = lists.of(args);
    if (at === undefined) return original(...args);
    lists.visit(at, { reads: false });
    const result = original(...args) as { async: boolean; value: Promise<unknown> | string };
    // The first reaction to the promise runs before the program's own.
    if (typeof result.value === 'object') void result.value.then(() => lists.visit(at, { reads: false }));
    else lists.visit(at, { reads: result.value === 'not-equal' });
    return result;
  };
}

import type { Accesses, Element } from './access.js';
import { elementOf } from './hooks.js';
import { atomics } from './native.js';
import { cellAt } from './region.js';
import { acquire, enterWaiters, leaveWaiters, lockSyncVar, unlockSyncVar } from './sync-var.js';
import type { Calls, RaceThread } from './thread.js';
import { isShared, type MarkedView, type Views } from './view.js';

/** What the functions of Atomics are hooked with. */
export interface AtomicTools {
  readonly thread: RaceThread;
  readonly accesses: Accesses;
  readonly views: Views;
  readonly calls: Calls;
  /** Puts a function in the place of another, so that it looks like it. */
  readonly replace: Replace;
}

/** Replaces `owner[name]` by what `make` gives for the original. */
export type Replace = (owner: object, name: string, make: (original: AnyFunction) => AnyFunction) => void;

/** Any function; its arguments are handed on as they came. */
export type AnyFunction = (this: unknown, ...args: readonly unknown[]) => unknown;

type Kind = 'atomic read' | 'atomic write' | 'atomic read-modify-write';

const kinds: Readonly<Record<string, Kind>> = {
  load: 'atomic read',
  store: 'atomic write',
  add: 'atomic read-modify-write',
  sub: 'atomic read-modify-write',
  and: 'atomic read-modify-write',
  or: 'atomic read-modify-write',
  xor: 'atomic read-modify-write',
  exchange: 'atomic read-modify-write',
  compareExchange: 'atomic read-modify-write',
};

/** Makes the functions of Atomics tell of their order, where they work on shared memory. */
export function hookAtomics(tools: AtomicTools): void {
  for (const [name, kind] of Object.entries(kinds)) {
    tools.replace(Atomics, name, (original) => hookOperation(tools, kind, original));
  }
  tools.replace(Atomics, 'wait', (original) => hookWait(tools, original));
  tools.replace(Atomics, 'notify', (original) => hookNotify(tools, original));
  if ('waitAsync' in Atomics)
    tools.replace(Atomics, 'waitAsync', (original) => hookWaitAsync(tools, original));
}

function hookOperation(tools: AtomicTools, kind: Kind, original: AnyFunction): AnyFunction {
  const { accesses, calls } = tools;
  return (...given) => {
    const { site } = calls;
    calls.site = 0;
    const args = given.some(isObject) ? plainArguments(given) : given;
    const element = elementOfCall(tools, args);
    if (element === undefined) return original(...args);
    const [view, , expected] = args;
    const isCompare = original === atomics.compareExchange;
    const cast = isCompare ? castTo(view as MarkedView, expected) : undefined; // `elementOfCall` has seen to that
    return accesses.atomic(kind, element, {
      site,
      operate: () => original(...args),
      wrote: (before) => !isCompare || before === cast,
    });
  };
}

/** What is not the view itself and may run the program's own code when a number is made of it. */
function isObject(arg: unknown, index: number): boolean {
  return index > 0 && ((typeof arg === 'object' && arg !== null) || typeof arg === 'function');
}

/** The arguments with numbers made of objects, before anybody is kept waiting. */
function plainArguments(args: readonly unknown[]): readonly unknown[] {
  const isBig = /^\[object Big/.test(Object.prototype.toString.call(args[0]));
  return args.map((arg, index) => {
    if (!isObject(arg, index)) return arg;
    return isBig && index > 1 ? BigInt.asIntN(64, arg as bigint) : Number(arg); // converts as Atomics does
  });
}

/** A number as an element of the view has it. */
function castTo(view: MarkedView, value: unknown): unknown {
  const kind = view.$prof.name;
  if (kind === 'BigInt64Array') return typeof value === 'bigint' ? BigInt.asIntN(64, value) : undefined;
  if (kind === 'BigUint64Array') return typeof value === 'bigint' ? BigInt.asUintN(64, value) : undefined;
  if (typeof value !== 'number') return undefined;
  switch (kind) {
    case 'Int8Array':
      return (value << 24) >> 24;
    case 'Uint8Array':
      return value & 0xff;
    case 'Int16Array':
      return (value << 16) >> 16;
    case 'Uint16Array':
      return value & 0xffff;
    case 'Int32Array':
      return value | 0;
    default:
      return value >>> 0;
  }
}

/** The element that a call is about; undefined where it is no integer element of a view over shared memory. */
function elementOfCall(
  { views }: AtomicTools,
  [view, index]: readonly unknown[],
): ReturnType<typeof elementOf> | undefined {
  if (!ArrayBuffer.isView(view) || !('length' in view)) return undefined;
  if (!('$prof' in view)) {
    if (!isShared(view.buffer)) return undefined;
    views.mark(view);
    if (!('$prof' in view)) return undefined;
  }
  const marked = view as MarkedView; // it has a mark
  const isIndex =
    typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < (marked.length ?? 0);
  return isIndex ? elementOf(marked.$prof, index) : undefined;
}

/** What a thread does at a WaiterList. */
class WaiterLists {
  readonly #tools: AtomicTools;

  constructor(tools: AtomicTools) {
    this.#tools = tools;
  }

  at(element: Element): number {
    const { thread, accesses } = this.#tools;
    const cell =
      element.region === 0 ? 0 : cellAt(thread.memory, element.region, element.plane, element.index);
    return accesses.syncVar(cell);
  }

  /** Enters the critical section and leaves it; the value was looked at in between. */
  visit(at: number, { reads }: { readonly reads: boolean }): void {
    const { thread } = this.#tools;
    const key = lockSyncVar(thread, at);
    enterWaiters(thread, at);
    if (reads) acquire(thread, at);
    thread.beforeRelease();
    leaveWaiters(thread, at);
    unlockSyncVar(thread.memory, at, key);
    thread.released();
  }
}

function hookWait(tools: AtomicTools, original: AnyFunction): AnyFunction {
  const lists = new WaiterLists(tools);
  return (...args) => {
    const element = waitElement(tools, args);
    if (element === undefined) return original(...args);
    const at = lists.at(element);
    lists.visit(at, { reads: false });
    const result = original(...args);
    lists.visit(at, { reads: result === 'not-equal' });
    return result;
  };
}

function hookNotify(tools: AtomicTools, original: AnyFunction): AnyFunction {
  const lists = new WaiterLists(tools);
  return (...args) => {
    const element = waitElement(tools, args);
    if (element !== undefined) lists.visit(lists.at(element), { reads: false });
    return original(...args);
  };
}

function hookWaitAsync(tools: AtomicTools, original: AnyFunction): AnyFunction {
  const lists = new WaiterLists(tools);
  return (...args) => {
    const element = waitElement(tools, args);
    if (element === undefined) return original(...args);
    const at = lists.at(element);
    lists.visit(at, { reads: false });
    const result = original(...args) as { async: boolean; value: Promise<unknown> | string };
    // The first reaction to the promise runs before the program's own.
    if (typeof result.value === 'object') void result.value.then(() => lists.visit(at, { reads: false }));
    else lists.visit(at, { reads: result.value === 'not-equal' });
    return result;
  };
}

/** The element of a wait or notify, whose call needs no site. */
function waitElement(tools: AtomicTools, args: readonly unknown[]): Element | undefined {
  tools.calls.site = 0;
  return elementOfCall(tools, args);
}

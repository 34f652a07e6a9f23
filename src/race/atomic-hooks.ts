import type { Accesses, AtomicWord, Element } from './access.js';
import { cellWords } from './cell.js';
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

const kinds: Readonly<Record<string, AtomicWord>> = {
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

function hookOperation(tools: AtomicTools, kind: AtomicWord, original: AnyFunction): AnyFunction {
  const { accesses, calls, thread } = tools;
  const isConditional = original === atomics.compareExchange;
  const read = kind !== 'atomic write';
  const plain = { read, wrote: kind !== 'atomic read' };
  const operate = (view: unknown, at: unknown, value: unknown, replacement: unknown): unknown => {
    const { site } = calls;
    calls.site = 0;
    const element = elementOfCall(tools, view, at);
    if (element === undefined) return original(view, at, value, replacement);
    const { mark, index } = element;
    const inView = index - mark.first;
    const cell = inView < mark.length ? mark.base + inView * cellWords : cellOf(thread, element);
    const sync = accesses.enterAtomic(kind, element, { site, cell, isConditional });
    const before = original(view, at, value, replacement);
    if (!isConditional) accesses.leaveAtomic(sync, plain);
    else {
      const wrote = before === castTo(mark.name, value);
      if (wrote) accesses.noteExchanged(element, { site, cell, at: sync });
      accesses.leaveAtomic(sync, { read, wrote });
    }
    return before;
  };
  return (view, at, value, replacement) =>
    typeof at === 'number' && !isObject(value) && !isObject(replacement)
      ? operate(view, at, value, replacement)
      : operate(view, plainNumber(at), plainValue(view, value), plainValue(view, replacement));
}

/** The cell of an element; 0 where its buffer is not watched, or memory is used up. */
function cellOf({ memory }: RaceThread, { region, plane, index }: Element): number {
  return region === 0 ? 0 : cellAt(memory, region, plane, index);
}

/** What may run the program's own code when a number is made of it. */
function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** An index as Atomics take it; made before anybody is kept waiting. */
function plainNumber(index: unknown): unknown {
  return isObject(index) ? Number(index) : index;
}

/** An operand with a number made of an object. */
function plainValue(view: unknown, value: unknown): unknown {
  if (!isObject(value)) return value;
  const isBig = /^\[object Big/.test(Object.prototype.toString.call(view));
  return isBig ? BigInt.asIntN(64, value as bigint) : Number(value); // converts as Atomics do
}

/** A number as an element of the view has it; undefined for what is no number. */
function castTo(name: string, value: unknown): unknown {
  if (name === 'BigInt64Array') return typeof value === 'bigint' ? BigInt.asIntN(64, value) : undefined;
  if (name === 'BigUint64Array') return typeof value === 'bigint' ? BigInt.asUintN(64, value) : undefined;
  const number = Number(value);
  switch (name) {
    case 'Int8Array':
      return (number << 24) >> 24;
    case 'Uint8Array':
      return number & 0xff;
    case 'Int16Array':
      return (number << 16) >> 16;
    case 'Uint16Array':
      return number & 0xffff;
    case 'Int32Array':
      return number | 0;
    default:
      return number >>> 0;
  }
}

/** The element that a call is about; undefined where it is none of a view over shared memory. */
function elementOfCall(
  { views }: Pick<AtomicTools, 'views'>,
  view: unknown,
  index: unknown,
): ReturnType<typeof elementOf> | undefined {
  if (!ArrayBuffer.isView(view)) return undefined;
  const marked = view as MarkedView; // or will be, below
  if (marked.$prof === undefined) {
    if (!isShared(view.buffer)) return undefined;
    views.mark(view);
    if (marked.$prof === undefined) return undefined;
  }
  const at = typeof index === 'number' && index >>> 0 === index ? index : integerOf(index);
  return at >= 0 && at < (marked.length ?? 0) ? elementOf(marked.$prof, at) : undefined;
}

/** An index as Atomics read it; -1 for none. */
function integerOf(index: unknown): number {
  return typeof index === 'symbol' || typeof index === 'bigint' || isObject(index)
    ? -1
    : Math.trunc(Number(index)) || 0;
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
  return elementOfCall(tools, args[0], plainNumber(args[1]));
}

import type { Accesses, AtomicWord } from './access.js';
import { AtomicAccesses } from './atomic-access.js';
import { atomics, isView } from './native.js';
import type { Calls } from './thread.js';
import { isShared, type MarkedView, markKey, type ViewMark, type Views } from './view.js';

/** What the functions of Atomics are hooked with. */
export interface AtomicTools {
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
}

function hookOperation(tools: AtomicTools, kind: AtomicWord, original: AnyFunction): AnyFunction {
  const { accesses, calls, views } = tools;
  const isConditional = original === atomics.compareExchange;
  const operations = new AtomicAccesses(kind, isConditional ? 'conditionally' : 'always', accesses);
  const does = kind === 'atomic read' ? 'only read' : 'wrote';
  /** Behind conversions: from here on no code of the program runs in between. */
  const operate: AnyFunction = (view, at, value, replacement) => {
    const { site } = calls;
    calls.site = 0;
    const mark = markOf(view, views);
    const index = mark === undefined ? -1 : indexIn(view as MarkedView, mark, at); // it has a mark
    if (mark === undefined || index < 0 || (does === 'wrote' && isWrong(mark, value)))
      return original(view, at, value, replacement);
    let outcome: 'wrote' | 'only read' | 'did nothing' = 'did nothing';
    operations.enter(mark, index, site);
    try {
      const before = original(view, at, value, replacement);
      outcome = !isConditional || before === castTo(mark.name, value) ? does : 'only read';
      return before;
    } finally {
      operations.leave(mark, index, outcome);
    }
  };
  return (view, at, value, replacement) =>
    typeof at === 'number' && isPlain(value) && isPlain(replacement)
      ? operate(view, at, value, replacement)
      : operate(view, plainNumber(at), plainValue(view, value), plainValue(view, replacement));
}

/** Whether nothing is to be made of an operand, which might run the program's own code. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value === undefined;
}

/** An index as Atomics take it; made before anybody is kept waiting. */
export function plainNumber(index: unknown): unknown {
  return typeof index === 'object' || typeof index === 'function' ? Number(index) : index;
}

/** An operand with a number made of it. */
function plainValue(view: unknown, value: unknown): unknown {
  if (isPlain(value)) return value;
  const isBig = /^\[object Big/.test(Object.prototype.toString.call(view));
  return isBig ? BigInt.asIntN(64, value as bigint) : Number(value); // converts as Atomics do
}

/** Whether an operation with that operand is a TypeError. */
function isWrong({ operand }: ViewMark, value: unknown): boolean {
  return operand === 'bigint' ? typeof value !== 'bigint' : typeof value === 'bigint';
}

/** A number as an element of the view has it; undefined for what is no number. */
function castTo(name: string, value: unknown): unknown {
  switch (name) {
    case 'Int32Array':
      return Number(value) | 0;
    case 'Int8Array':
      return (Number(value) << 24) >> 24;
    case 'Uint8Array':
      return Number(value) & 0xff;
    case 'Int16Array':
      return (Number(value) << 16) >> 16;
    case 'Uint16Array':
      return Number(value) & 0xffff;
    case 'Uint32Array':
      return Number(value) >>> 0;
    case 'BigInt64Array':
      return typeof value === 'bigint' ? BigInt.asIntN(64, value) : undefined;
    default:
      return typeof value === 'bigint' ? BigInt.asUintN(64, value) : undefined;
  }
}

/** The mark of a view over shared memory that Atomics work on; undefined of anything else. */
export function markOf(view: unknown, views: Views): ViewMark | undefined {
  if (!isView(view)) return undefined;
  const marked = view as MarkedView; // or will be, below
  if (marked[markKey] === undefined && isShared(view.buffer)) views.mark(view);
  return marked[markKey]?.operand === undefined ? undefined : marked[markKey];
}

/** An index as Atomics read it; -1 for none. */
export function indexIn(view: MarkedView, mark: ViewMark, at: unknown): number {
  if (typeof at === 'number' && at >>> 0 === at && at < mark.length) return at;
  const index =
    typeof at === 'symbol' || typeof at === 'bigint' ? -1 : Math.trunc(Number(plainNumber(at))) || 0;
  return index >= 0 && index < (view.length ?? 0) ? index : -1;
}

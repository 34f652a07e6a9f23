import type { AnyFunction, Replace } from './atomic-hooks.js';
import type { ElementHooks } from './hooks.js';
import { hookIterators } from './iterator-hooks.js';
import { isView } from './native.js';
import type { Calls } from './thread.js';
import { type MarkedView, markKey, type Views } from './view.js';

/** What the methods of views are hooked with. */
export interface ViewTools {
  readonly views: Views;
  readonly hooks: ElementHooks;
  readonly calls: Calls;
  readonly replace: Replace;
  /** Whether memory of WebAssembly is watched. */
  readonly hasWasm: boolean;
}

type Range = { readonly from: number; readonly end: number };

/** What every typed array inherits from. */
const typedArray: object = Object.getPrototypeOf(Int32Array.prototype);

const { apply } = Reflect;

/** Makes the methods of views over shared memory tell what they touch, before they do. */
export function hookViews(tools: ViewTools): void {
  hookWhole(tools);
  hookParts(tools);
  hookSearches(tools);
  hookCallbacks(tools);
  hookIterators(typedArray, tools);
  hookDataView(tools);
  hookMakers(tools);
  if (!tools.hasWasm) ignoreWasmMemory(tools);
}

/** Methods that touch every element. */
const readers = ['join', 'toLocaleString', 'toReversed', 'toSorted', 'toString'];

function hookWhole({ hooks, replace }: ViewTools): void {
  for (const name of readers) {
    onMarked(replace, name, (view) => hooks.range('read', view, { from: 0, end: lengthOf(view) }));
  }
  onMarked(replace, 'sort', (view) =>
    hooks.range('read-modify-write', view, { from: 0, end: lengthOf(view) }),
  );
  onMarked(replace, 'reverse', (view) => {
    const length = lengthOf(view);
    const half = Math.floor(length / 2); // what is in the middle stays
    hooks.range('read-modify-write', view, { from: 0, end: half });
    hooks.range('read-modify-write', view, { from: length - half, end: length });
  });
}

/** Methods whose arguments say which elements they touch. */
function hookParts({ hooks, views, replace }: ViewTools): void {
  onMarked(replace, 'at', (view, [index]) => {
    const at = Math.trunc(Number(index)) || 0;
    hooks.element('read', view, { key: at < 0 ? (view.length ?? 0) + at : at, origin: 0 });
  });
  onMarked(replace, 'with', (view, [index]) => {
    const length = lengthOf(view);
    const at = Math.trunc(Number(index)) || 0;
    const left = at < 0 ? length + at : at; // the one that is not read
    if (left < 0 || left >= length) return;
    hooks.range('read', view, { from: 0, end: left });
    hooks.range('read', view, { from: left + 1, end: length });
  });
  onMarked(replace, 'copyWithin', (view, [target, start, end]) => {
    const source = sliceOf(view, start, end);
    const { from } = sliceOf(view, target, undefined);
    const count = Math.min(source.end - source.from, lengthOf(view) - from);
    hooks.range('read', view, { from: source.from, end: source.from + count });
    hooks.range('write', view, { from, end: from + count });
  });
  onMarked(replace, 'fill', (view, [, start, end]) => hooks.range('write', view, sliceOf(view, start, end)));
  onMarked(replace, 'slice', (view, [start, end]) => hooks.range('read', view, sliceOf(view, start, end)));
  replace(
    typedArray,
    'set',
    (original) =>
      function set(this: unknown, ...args: readonly unknown[]): unknown {
        const [source, offset] = args;
        if (isMarked(source)) hooks.range('read', source, { from: 0, end: source.length ?? 0 });
        if (isMarked(this)) {
          const from = Math.trunc(Number(offset)) || 0;
          const end = Math.min(this.length ?? 0, from + lengthOf(source));
          hooks.range('write', this, { from: Math.max(0, from), end });
        }
        return apply(original, this, args);
      },
  );
  replace(
    typedArray,
    'subarray',
    (original) =>
      function subarray(this: unknown, ...args: readonly unknown[]): unknown {
        const made = apply(original, this, args);
        if (isMarked(this) && isView(made)) views.mark(made);
        return made;
      },
  );
}

/** Methods that read until they find. */
function hookSearches({ hooks, replace }: ViewTools): void {
  const search = (name: string, found: (result: unknown, view: MarkedView, from: number) => Range): void =>
    replace(
      typedArray,
      name,
      (original) =>
        function method(this: unknown, ...args: readonly unknown[]): unknown {
          const result = apply(original, this, args);
          if (isMarked(this))
            hooks.range('read', this, found(result, this, sliceOf(this, args[1], undefined).from));
          return result;
        },
    );
  search('indexOf', (result, view, from) => ({
    from,
    end: result === -1 ? (view.length ?? 0) : Number(result) + 1,
  }));
  // Which element it was is not known: of a search that has found, nothing is said.
  search('includes', (result, view, from) => ({ from, end: result === false ? (view.length ?? 0) : 0 }));
  search('lastIndexOf', (result, view) => ({
    from: result === -1 ? 0 : Number(result),
    end: lastOf(result, view),
  }));
}

/** Where a search from the end has surely begun, when nobody has said where. */
function lastOf(result: unknown, view: MarkedView): number {
  return result === -1 ? (view.length ?? 0) : Number(result) + 1;
}

/** Methods that call back for each element, and where the index is among the arguments. */
const callbacks: Readonly<Record<string, number>> = {
  every: 1,
  filter: 1,
  find: 1,
  findIndex: 1,
  findLast: 1,
  findLastIndex: 1,
  forEach: 1,
  map: 1,
  reduce: 2,
  reduceRight: 2,
  some: 1,
};

/** Each element is read before it is handed to the callback, which may stop or synchronise. */
function hookCallbacks({ hooks, replace }: ViewTools): void {
  for (const [name, at] of Object.entries(callbacks)) {
    replace(
      typedArray,
      name,
      (original) =>
        function method(this: unknown, ...args: readonly unknown[]): unknown {
          const [callback] = args;
          if (!isMarked(this) || typeof callback !== 'function') return apply(original, this, args);
          const view = this;
          if (at === 2 && args.length === 1) {
            hooks.element('read', view, { key: name === 'reduce' ? 0 : (view.length ?? 0) - 1, origin: 0 });
          }
          let origin = 0;
          const noting = function (this: unknown, ...given: readonly unknown[]): unknown {
            const index = Number(given[at]);
            if (!hooks.isRead(view, index)) {
              origin ||= hooks.here('read');
              hooks.read(view, index, origin);
            }
            return apply(callback, this, given);
          };
          return apply(original, this, [noting, ...args.slice(1)]);
        },
    );
  }
}

function hookDataView({ hooks, calls, replace }: ViewTools): void {
  for (const name of Object.getOwnPropertyNames(DataView.prototype)) {
    const [, verb, bits] = /^(get|set)\D+(\d+)$/.exec(name) ?? [];
    if (verb === undefined) continue;
    const size = Number(bits) / 8;
    replace(
      DataView.prototype,
      name,
      (original) =>
        function access(this: unknown, ...args: readonly unknown[]): unknown {
          const { site } = calls;
          calls.site = 0;
          if (isMarked(this)) {
            hooks.bytes(verb === 'get' ? 'read' : 'write', this, {
              at: Number(args[0] ?? 0),
              size,
              origin: site,
            });
          }
          return apply(original, this, args);
        },
    );
  }
}

/** What WebAssembly does in its memory, its locks too, is not seen: the rest would look unordered. */
function ignoreWasmMemory({ views }: ViewTools): void {
  // Not known to the types without those of browsers.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Memory: { prototype: object } } };
  const { prototype } = WebAssembly.Memory;
  const property = Object.getOwnPropertyDescriptor(prototype, 'buffer');
  const { get } = property ?? {};
  if (get === undefined) return;
  const watched = {
    get buffer(): unknown {
      const memory = apply(get, this, []);
      if (memory instanceof SharedArrayBuffer) views.ignore(memory);
      return memory;
    },
  };
  const getter = Object.getOwnPropertyDescriptor(watched, 'buffer')?.get;
  if (getter !== undefined) Object.defineProperty(prototype, 'buffer', { ...property, get: getter });
}

/** What makes views over shared buffers without `new`. */
function hookMakers({ views, replace }: ViewTools): void {
  const marking = (original: AnyFunction): AnyFunction =>
    function make(this: unknown, ...args: readonly unknown[]): unknown {
      const made = apply(original, this, args);
      if (args[0] instanceof SharedArrayBuffer && isView(made)) views.mark(made);
      return made;
    };
  replace(Buffer, 'from', marking);
  replace(Reflect, 'construct', (original) => (...args) => {
    const made = original(...args);
    const list = args[1];
    const isShared = Array.isArray(list) && list[0] instanceof SharedArrayBuffer;
    if (isShared && isView(made)) views.mark(made);
    return made;
  });
}

/** Calls `note` before a method of a marked view. */
function onMarked(
  replace: Replace,
  name: string,
  note: (view: MarkedView, args: readonly unknown[]) => void,
): void {
  replace(
    typedArray,
    name,
    (original) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        if (isMarked(this)) note(this, args);
        return apply(original, this, args);
      },
  );
}

/** Whether it is a view over shared memory that is watched. */
export function isMarked(value: unknown): value is MarkedView {
  return isView(value) && markKey in value;
}

function lengthOf(source: unknown): number {
  return typeof source === 'object' && source !== null && 'length' in source ? Number(source.length) || 0 : 0;
}

/** The elements that two arguments in the manner of `slice` name. */
function sliceOf(view: MarkedView, start: unknown, end: unknown): Range {
  const length = view.length ?? 0;
  const place = (value: unknown, fallback: number): number => {
    const number = value === undefined ? fallback : Math.trunc(Number(value)) || 0;
    return number < 0 ? Math.max(0, length + number) : Math.min(length, number);
  };
  return { from: place(start, 0), end: place(end, length) };
}

import { isView } from './native.js';
import { type MarkedView, markKey } from './view.js';
import type { ViewTools } from './view-hooks.js';

const { apply } = Reflect;

/** Makes the iterators of views over shared memory tell of each element that they read. */
export function hookIterators(typedArray: object, { hooks, replace }: ViewTools): void {
  for (const name of ['values', 'entries']) {
    replace(
      typedArray,
      name,
      (original) =>
        function iterate(this: unknown, ...args: readonly unknown[]): unknown {
          const iterator = apply(original, this, args);
          if (isView(this) && markKey in this && isIterator(iterator)) {
            watch(iterator, this as MarkedView, hooks); // it has a mark
          }
          return iterator;
        },
    );
  }
  const values = Object.getOwnPropertyDescriptor(typedArray, 'values');
  if (values !== undefined) Object.defineProperty(typedArray, Symbol.iterator, values); // they are one function
}

function watch(iterator: Iterator<unknown>, view: MarkedView, hooks: ViewTools['hooks']): void {
  const { next } = iterator;
  let index = 0;
  let origin = 0;
  const value = (...args: readonly unknown[]): unknown => {
    const at = index++;
    if (!hooks.isRead(view, at)) {
      origin ||= hooks.here('read'); // for all of its elements
      hooks.read(view, at, origin);
    }
    return apply(next, iterator, args);
  };
  Object.defineProperty(iterator, 'next', { value, writable: true, configurable: true });
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value;
}

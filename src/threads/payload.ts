import { types } from 'node:util';

/** As it was before the program could change it. */
const isView: typeof ArrayBuffer.isView = ArrayBuffer.isView;

/** Shared memory in a value that is to be cloned. */
export interface SharedParts {
  readonly buffers: readonly SharedArrayBuffer[];
  readonly views: readonly ArrayBufferView[];
}

/** Objects that are looked at in one message; what is behind them is new memory to the receiver. */
const maxObjects = 100_000;

/**
 * Finds the shared buffers in a value, and the views over them, as far as structured clone goes. Getters are not
 * called: what they give is not found.
 */
export function sharedParts(value: unknown): SharedParts {
  const buffers = new Set<SharedArrayBuffer>();
  const views = new Set<ArrayBufferView>();
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && seen.size < maxObjects) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (types.isSharedArrayBuffer(next)) buffers.add(next);
    else if (isView(next)) addView(next, buffers, views);
    else if (!types.isAnyArrayBuffer(next) && !types.isProxy(next)) waiting.push(...insideOf(next));
  }
  return { buffers: [...buffers], views: [...views] };
}

function addView(view: ArrayBufferView, buffers: Set<SharedArrayBuffer>, views: Set<ArrayBufferView>): void {
  if (!types.isSharedArrayBuffer(view.buffer)) return;
  buffers.add(view.buffer);
  views.add(view);
}

/** The values in an object that structured clone copies. */
function insideOf(value: object): unknown[] {
  if (types.isMap(value)) return [...value].flat();
  if (types.isSet(value)) return [...value];
  if (Array.isArray(value) && value.length > 0 && value.every(isPrimitive)) return [];
  const properties = Object.getOwnPropertyDescriptors(value);
  return Object.values(properties).map((property) => property.value);
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

// The builtins as they were before the hooks took their places. Everything in this folder uses these.
export { atomics } from '../sync/native-atomics.js';

import { atomics } from '../sync/native-atomics.js';

export const isView: typeof ArrayBuffer.isView = ArrayBuffer.isView;
export const stringify: typeof JSON.stringify = JSON.stringify;

/**
 * Whether loads stay in order with loads, and stores with stores, as on x64. A call of Atomics costs several times
 * what an element access costs, and there only a store followed by a load needs one between them.
 */
const isOrdered = process.arch === 'x64';

/** A load that is not done before the operations that come before it, the last of which was one of `atomics`. */
export function loadBehind(memory: Int32Array, at: number): number {
  return isOrdered ? memory[at]! : atomics.load(memory, at);
}

/** A store that others see only when they see the stores before it; an operation of `atomics` is to follow before loads count on it. */
export function storeBehind(memory: Int32Array, at: number, value: number): void {
  if (isOrdered) memory[at] = value;
  else atomics.store(memory, at, value);
}

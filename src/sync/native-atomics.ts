// The builtins as they were before any hooks took their places: what prof's own threads do with them is no order of
// the program's.

/** `Atomics` with `waitAsync`, which the types of ES2022 do not know; Node 20 has it. */
type NativeAtomics = Readonly<Omit<typeof Atomics, typeof Symbol.toStringTag>> & {
  waitAsync(
    cells: Int32Array,
    at: number,
    value: number,
    timeoutMillis?: number,
  ): { readonly async: boolean; readonly value: unknown };
};

/** A hidden global: a thread that is watched has this module more than once, and the first has seen them unhooked. */
const slot = Symbol.for('prof-toolkit.atomics');

/** The functions of `Atomics`. */
export const atomics: NativeAtomics =
  (Reflect.get(globalThis, slot) as NativeAtomics | undefined) ?? // by `keep`
  keep();

function keep(): NativeAtomics {
  const value: NativeAtomics = Object.freeze({
    add: Atomics.add,
    and: Atomics.and,
    compareExchange: Atomics.compareExchange,
    exchange: Atomics.exchange,
    isLockFree: Atomics.isLockFree,
    load: Atomics.load,
    notify: Atomics.notify,
    or: Atomics.or,
    store: Atomics.store,
    sub: Atomics.sub,
    wait: Atomics.wait,
    waitAsync: (Atomics as unknown as NativeAtomics).waitAsync,
    xor: Atomics.xor,
  });
  Object.defineProperty(globalThis, slot, { value });
  return value;
}

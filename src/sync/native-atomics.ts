// The builtins as they were before any hooks took their places: what prof's own threads do with them is no order of
// the program's.

/** The functions of `Atomics`. */
export const atomics: Readonly<Omit<typeof Atomics, typeof Symbol.toStringTag>> = Object.freeze({
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
  xor: Atomics.xor,
});

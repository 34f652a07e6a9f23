// Seeded random choices: the same seed gives the same case on every machine.

/** Random numbers from 0 to below 1. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    /** A whole number, both ends included. */
    int,
    pick: (list) => list[int(0, list.length - 1)],
    chance: (p) => next() < p,
    list: (from, to, make) => Array.from({ length: int(from, to) }, (_, i) => make(i)),
  };
}

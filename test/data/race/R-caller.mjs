import { int32, run, sleep } from './roles.mjs';
// The later caller of two is the one that races: its name has to be in the stack, not the first one's.
const add = (v) => { v[0]++; };
const viaCheckout = (v) => { add(v); };
const viaRefund = (v) => { add(v); };
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { viaCheckout(v); Atomics.store(v, 1, 1); viaRefund(v); },
  b: (v) => { while (Atomics.load(v, 1) === 0) sleep(1); sleep(50); v[0] = 7; },
});

import { int32, run, sleep } from './roles.mjs';
// What b stores hides what a released.
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { v[1] = 1; Atomics.store(v, 0, 1); },
  b: (v) => { sleep(250); Atomics.store(v, 0, 2); },
  c: (v) => { sleep(600); Atomics.load(v, 0); return v[1]; },
});

import { int32, run, sleep } from './roles.mjs';
// Atomics of different sizes on the same bytes.
await run(import.meta.url, {
  init: () => int32(1),
  a: (v) => Atomics.store(v, 0, 1),
  b: (v) => { sleep(50); return Atomics.load(new Int16Array(v.buffer), 1); },
});

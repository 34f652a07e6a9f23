import { int32, run, sleep } from './roles.mjs';
// A compareExchange that fails writes nothing: it releases nothing.
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { v[1] = 1; Atomics.compareExchange(v, 0, 5, 6); },
  b: (v) => { sleep(80); Atomics.load(v, 0); return v[1]; },
});

import { int32, run } from './roles.mjs';
const locked = (v, m, body) => {
  while (Atomics.compareExchange(v, m, 0, 1) !== 0) Atomics.wait(v, m, 1, 10);
  body();
  Atomics.store(v, m, 0);
  Atomics.notify(v, m);
};
await run(import.meta.url, {
  init: () => int32(3),
  a: (v) => locked(v, 0, () => { v[2]++; }),
  b: (v) => locked(v, 1, () => { v[2]++; }),
});

import { int32, pause, run } from './roles.mjs';
// The lock is held until the write behind the await is done.
const add = async (v) => {
  while (Atomics.compareExchange(v, 0, 0, 1) !== 0) await pause(1);
  v[1] = v[1] + (await pause(5), 1);
  v[1] += await Promise.resolve(1);
  Atomics.store(v, 0, 0);
};
await run(import.meta.url, { init: () => int32(2), a: add, b: add });

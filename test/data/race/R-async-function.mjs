import { int32, pause, run } from './roles.mjs';
// The write comes after the await, and after the other thread's lock: it is not guarded by what was held before it.
const locked = async (v, use) => {
  while (Atomics.compareExchange(v, 0, 0, 1) !== 0) await pause(1);
  await use();
  Atomics.store(v, 0, 0);
};
const add = async (v) => {
  let late;
  await locked(v, async () => { late = (async () => { v[1] = v[1] + (await pause(20), 1); })(); });
  await late;
};
await run(import.meta.url, { init: () => int32(2), a: add, b: add });

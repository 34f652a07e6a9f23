import { int32, run, sleep } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { sleep(100); v[1] = 5; Atomics.store(v, 0, 1); Atomics.notify(v, 0); },
  async b(v) {
    const alive = setInterval(() => {}, 10);
    const { async, value } = Atomics.waitAsync(v, 0, 0);
    if (async) await value;
    clearInterval(alive);
    if (v[1] !== 5) throw new Error('early');
  },
});

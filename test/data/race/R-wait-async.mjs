import { int32, run } from './roles.mjs';
// What is done behind the notification is not ordered by it.
await run(import.meta.url, {
  init: () => int32(2),
  main: async (v, start) => {
    const { value } = Atomics.waitAsync(v, 0, 0);
    const worker = start('a');
    await value;
    v[1]++;
    worker.ref();
  },
  a: (v) => { Atomics.store(v, 0, 1); Atomics.notify(v, 0); v[1] = 1; },
});

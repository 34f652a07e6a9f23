import { int32, run, pause } from './roles.mjs';
// Threads are killed wherever they are in their atomic operations; nobody waits for them for ever.
await run(import.meta.url, {
  init: () => int32(1),
  a: (v) => { for (;;) Atomics.add(v, 0, 1); },
  async main(v, start) {
    for (let i = 0; i < 10; i++) {
      const worker = start('a');
      await new Promise((resolve) => worker.once('online', resolve));
      await pause(5 * i);
      await worker.terminate();
      Atomics.add(v, 0, 1);
    }
  },
});

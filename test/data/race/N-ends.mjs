import { exited, int32, run } from './roles.mjs';
// However a thread ends, in the middle of Atomics too, who hears of it comes after what it did.
await run(import.meta.url, {
  init: () => int32(4),
  main: async (v, start) => {
    const throwing = start('a');
    await new Promise((resolve) => throwing.once('error', resolve));
    v[0]++;
    const leaving = start('b');
    await exited(leaving);
    v[1]++;
    for (let i = 0; i < 5; i++) {
      const looping = start('c');
      setTimeout(() => looping.terminate(), 100 + 30 * i);
      await exited(looping);
      v[2]++;
      Atomics.store(v, 3, 0);
    }
  },
  a: (v) => { v[0] = 1; for (let i = 0; i < 1000; i++) Atomics.add(v, 3, 1); throw new Error('on purpose'); },
  b: (v) => { v[1] = 1; for (let i = 0; i < 1000; i++) Atomics.add(v, 3, 1); process.exit(3); },
  c: (v) => { v[2] = 1; for (;;) if (Atomics.compareExchange(v, 3, 0, 1) === 0) Atomics.store(v, 3, 0); },
});

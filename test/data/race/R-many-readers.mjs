import { int32, run, sleep } from './roles.mjs';
// The writer comes after all readers but one: which of four, the detector has to remember.
const read = (v, i) => { v[0]; if (i !== 1) Atomics.add(v, 1, 1); };
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => read(v, 0),
  b: (v) => read(v, 1),
  c: (v) => read(v, 2),
  d: (v) => read(v, 3),
  e: (v) => { while (Atomics.load(v, 1) < 3) sleep(1); sleep(100); v[0] = 1; },
});

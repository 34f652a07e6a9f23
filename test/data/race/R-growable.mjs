import { run, sleep } from './roles.mjs';
await run(import.meta.url, {
  init: () => new SharedArrayBuffer(4, { maxByteLength: 64 }),
  a: (memory) => { memory.grow(32); new Int32Array(memory)[5] = 1; },
  b: (memory) => { sleep(500); return new Int32Array(memory)[5]; },
});

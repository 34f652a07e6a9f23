import { int32, run, sleep } from './roles.mjs';

await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { v[0] = 1; },
  b: (v) => { sleep(50); return Buffer.from(v.buffer).toString('latin1'); },
});

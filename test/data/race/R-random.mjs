import { int32, run, sleep } from './roles.mjs';
import { randomFillSync } from 'node:crypto';
await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { randomFillSync(v); },
  b: (v) => { sleep(50); return v[3]; },
});

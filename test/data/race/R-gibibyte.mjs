import { run, sleep } from './roles.mjs';
const last = 2 ** 28 - 1;
await run(import.meta.url, {
  init: () => new Int32Array(new SharedArrayBuffer(2 ** 30)),
  a: (v) => { v[last] = 1; v[0] = 1; },
  b: (v) => { sleep(50); return v[last]; },
});

import { int32, run, sleep } from './roles.mjs';
// A view in the middle of an optional chain.
await run(import.meta.url, {
  init: () => ({ box: { cells: int32(4) } }),
  a: (o) => { o.box.cells[1] = 1; },
  b: (o) => { sleep(50); return o?.box.cells[1]; },
});

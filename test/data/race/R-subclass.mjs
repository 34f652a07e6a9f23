import { run, sleep } from './roles.mjs';
class Cells extends Int32Array {
  add() { this[0] += 1; }
}
await run(import.meta.url, {
  init: () => new SharedArrayBuffer(8),
  a: (memory) => new Cells(memory).add(),
  b: (memory) => { sleep(50); new Cells(memory).add(); },
});

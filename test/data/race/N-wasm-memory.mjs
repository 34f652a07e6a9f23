import { run } from './roles.mjs';
// Memory of WebAssembly may be guarded by locks that nobody sees.
await run(import.meta.url, {
  init: () => new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer),
  a: (v) => { v[0]++; Atomics.add(v, 1, 1); },
  b: (v) => { v[0]++; Atomics.add(v, 1, 1); },
});

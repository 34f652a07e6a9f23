import { int32, run, sleep } from './roles.mjs';

await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { Reflect.set(v, 1, 1); },
  b: (v) => { sleep(50); return Reflect.get(v, 1); },
});

import { int32, run } from './roles.mjs';
await run(import.meta.url, { init: () => int32(1), main: (v, start) => { start('a'); v[0] = 1; }, a: (v) => { v[0]++; } });

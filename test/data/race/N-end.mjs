import { int32, run } from './roles.mjs';
await run(import.meta.url, { init: () => int32(1), main: (v, start) => void start('a').once('exit', () => { v[0]++; }), a: (v) => { v[0] = 1; } });

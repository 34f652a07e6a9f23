import { int32, run, sleep } from './roles.mjs';
function* cells(v) { for (let i = 0; i < v.length; i++) yield v[i]; }
await run(import.meta.url, { init: () => int32(4), a: (v) => { v[3] = 1; }, b: (v) => { sleep(50); return [...cells(v)]; } });

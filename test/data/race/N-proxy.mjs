import { int32, run } from './roles.mjs';
// A proxy around a view: its traps see what they always saw.
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { const seen = []; const p = new Proxy(v, { get: (t, k) => (seen.push(String(k)), t[k]) }); p[0]; if (seen.join() !== '0') throw new Error(seen.join()); },
  b: (v) => { const p = new Proxy(v, {}); if (p[0] !== 0) throw new Error('value'); v[1] = 1; },
});

import { int32, run } from './roles.mjs';
// Two names are two locks; where there are none, nothing orders at all.
const { locks } = globalThis.navigator ?? {};
const add = (v, name) => (locks === undefined ? v[0]++ : locks.request(name, () => { v[0]++; }));
await run(import.meta.url, { init: () => int32(1), a: (v) => add(v, 'one'), b: (v) => add(v, 'other') });

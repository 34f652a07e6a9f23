import { int32, run } from './roles.mjs';
const { locks } = globalThis.navigator ?? {};
const count = async (v) => {
  const alive = setInterval(() => {}, 10); // a request does not keep a thread alive
  for (let i = 0; i < 20; i++) await locks?.request('count', async () => { v[0]++; await null; v[0]++; });
  clearInterval(alive);
};
await run(import.meta.url, { init: () => int32(1), a: count, b: count });

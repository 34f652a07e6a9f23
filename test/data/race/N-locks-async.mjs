import { int32, run } from './roles.mjs';
const { locks } = globalThis.navigator ?? {};
const add = async (v) => {
  const alive = setInterval(() => {}, 10); // a request does not keep a thread alive
  await locks?.request('count', async () => { const before = v[0]; await null; v[0] = before + 1; });
  clearInterval(alive);
};
await run(import.meta.url, { init: () => int32(1), a: (v) => add(v), b: (v) => add(v) });

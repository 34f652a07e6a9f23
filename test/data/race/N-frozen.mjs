import { int32, run } from './roles.mjs';
// Frozen objects around views, proxies around views: they do what they did.
const traps = [];
await run(import.meta.url, {
  init: () => Object.freeze({ v: Object.preventExtensions(int32(2)) }),
  a: ({ v }) => {
    const strict = new Proxy({ 0: 7 }, { get: (target, key) => { if (key !== '0') throw new Error(String(key)); traps.push(key); return target[key]; } });
    const list = [strict][0];
    if (list[0] !== 7 || traps.length !== 1) throw new Error(`${traps}`);
    v[0] = list[0];
  },
});

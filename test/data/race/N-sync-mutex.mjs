import { Mutex } from 'prof-toolkit/sync';
import { run } from './roles.mjs';
const count = ({ memory, v }) => {
  const mutex = new Mutex(memory);
  for (let i = 0; i < 500; i++) { mutex.lock(); v[0]++; mutex.unlock(); }
};
await run(import.meta.url, {
  init: () => ({ memory: new Mutex().memory, v: new Int32Array(new SharedArrayBuffer(4)) }),
  a: count,
  b: count,
  done: ({ v }) => { if (v[0] !== 1000) throw new Error(`${v[0]}`); },
});

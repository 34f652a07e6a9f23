import { int32, run, sleep } from './roles.mjs';
// A callback that finds stops: what is behind it has not been read.
await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { v[3] = 1; },
  b: (v) => {
    sleep(50);
    for (const x of v) if (x === 0) break;
    if (v.find((x) => x === 0) !== 0 || v.indexOf(0) !== 0 || v.at(0) !== 0 || v.slice(0, 2).length !== 2) throw 1;
    const [first] = v;
    return first + v.subarray(0, 2)[1];
  },
});

import { int32, run, sleep } from './roles.mjs';

await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { Buffer.from(v.buffer).writeInt32LE(1, 4); },
  b: (v) => { sleep(50); return Buffer.from(v.buffer).readUInt16BE(6); },
});

import { int32, run, sleep } from './roles.mjs';

await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { const bytes = Buffer.from(v.buffer); bytes.write('abcd', 0, 4, 'latin1'); bytes.fill(1, 4, 8); bytes.writeInt16LE(1, 8); },
  b: (v) => { sleep(50); const bytes = Buffer.from(v.buffer); return bytes.toString('latin1', 12) + bytes.readInt16LE(10) + bytes.subarray(12).equals(bytes.subarray(12)); },
});

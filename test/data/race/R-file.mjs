import { int32, run, sleep } from './roles.mjs';
import fs from 'node:fs';
await run(import.meta.url, {
  init: () => int32(4),
  a: (v) => { const fd = fs.openSync(process.execPath, 'r'); fs.readSync(fd, v, 0, 8, 0); fs.closeSync(fd); },
  b: (v) => { sleep(50); return v[1]; },
});

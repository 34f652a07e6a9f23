import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { int32, run, sleep } from './roles.mjs';
// What b stores hides what a released. Files put the threads in turn, in a way that orders nothing.
const file = (name) => join(tmpdir(), `prof-race-${process.pid}-${name}`);
const done = (name) => writeFileSync(file(name), '');
const after = (name) => { while (!existsSync(file(name))) sleep(5); };
await run(import.meta.url, {
  init: () => int32(2),
  a: (v) => { v[1] = 1; Atomics.store(v, 0, 1); done('a'); },
  b: (v) => { after('a'); Atomics.store(v, 0, 2); done('b'); },
  c: (v) => { after('b'); Atomics.load(v, 0); return v[1]; },
  done: () => { for (const name of ['a', 'b']) rmSync(file(name)); },
});

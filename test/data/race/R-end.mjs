import { int32, pause, run } from './roles.mjs';
// Of two workers that end, only the other one was waited for.
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => { start('a'); start('b').once('exit', () => { v[0]++; }); },
  a: async (v) => { v[0] = 1; await pause(1500); },
  b: () => pause(700),
});

import { int32, run } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => {
    const worker = start('a');
    worker.once('message', () => { setTimeout(async () => { const ended = worker.terminate(); v[0]++; await ended; }, 200); });
  },
  a: (v, parent) => { parent.postMessage('go'); for (;;) v[0]++; },
});

import { int32, run } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => {
    const worker = start('a');
    worker.once('message', async () => { await worker.terminate(); v[0]++; });
  },
  a: (v, parent) => { parent.postMessage('go'); for (;;) v[0]++; },
});

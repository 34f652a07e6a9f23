import { BroadcastChannel } from 'node:worker_threads';
import { int32, run } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => {
    const channel = new BroadcastChannel('done');
    channel.onmessage = () => { v[0]++; channel.close(); };
    start('a');
  },
  a: (v) => {
    const channel = new BroadcastChannel('done');
    v[0] = 1;
    channel.postMessage('done');
    channel.close();
  },
});

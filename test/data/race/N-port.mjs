import { MessageChannel } from 'node:worker_threads';
import { exited, int32, run } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(1),
  main: async (v, start) => {
    const { port1, port2 } = new MessageChannel();
    const worker = start('a');
    worker.postMessage(port2, [port2]);
    port1.once('message', () => { v[0]++; port1.close(); });
    await exited(worker);
  },
  a: (v, parent) => parent.once('message', (port) => { v[0] = 1; port.postMessage('done'); port.close(); }),
});

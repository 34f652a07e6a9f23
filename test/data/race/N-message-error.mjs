import { MessageChannel } from 'node:worker_threads';
import { int32, run } from './roles.mjs';
// A shared buffer can be sent, a function cannot: the error leaves the channel as it was.
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => {
    const { port1, port2 } = new MessageChannel();
    start('a').postMessage(port2, [port2]);
    try {
      port1.postMessage(() => {});
      throw new TypeError('sent');
    } catch (error) {
      if (error.name !== 'DataCloneError') throw error;
    }
    v[0] = 1;
    port1.postMessage('go');
    port1.once('message', () => { v[0]++; port1.close(); });
  },
  a: (v, parent) => parent.once('message', (port) => port.once('message', () => { v[0]++; port.postMessage('done'); port.close(); })),
});

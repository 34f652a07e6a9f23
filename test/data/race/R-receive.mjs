import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { int32, run, sleep } from './roles.mjs';
await run(import.meta.url, {
  init: () => int32(1),
  main: (v, start) => {
    const { port1, port2 } = new MessageChannel();
    start('a').postMessage(port2, [port2]);
    let received;
    while ((received = receiveMessageOnPort(port1)) === undefined) sleep(1);
    if (received.message === 'done') v[0]++;
    port1.close();
  },
  a: (v, parent) => parent.once('message', (port) => { port.postMessage('done'); v[0] = 1; port.close(); }),
});

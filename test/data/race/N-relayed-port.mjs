import { isMainThread, MessageChannel, parentPort, Worker } from 'node:worker_threads';
// A port goes on to a second worker; a message on it orders the threads at its ends.
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const first = new Worker(new URL(import.meta.url));
  const second = new Worker(new URL(import.meta.url));
  first.once('message', ({ port }) => {
    second.postMessage({ port, v, role: 'write' }, [port]);
    port1.once('message', () => { v[0]++; });
  });
  first.postMessage({ port: port2, role: 'relay' }, [port2]);
} else {
  parentPort.once('message', ({ port, v, role }) => {
    if (role === 'relay') return parentPort.postMessage({ port }, [port]);
    v[0] = 1;
    port.postMessage('done');
    port.close();
  });
}

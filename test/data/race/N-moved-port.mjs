import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import { isMainThread, MessageChannel, moveMessagePortToContext, Worker, workerData } from 'node:worker_threads';
// A port in another context gets what was sent, and orders the threads in both directions.
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  new Worker(new URL(import.meta.url), { workerData: { v, port: port2 }, transferList: [port2] });
  const context = createContext({});
  const port = moveMessagePortToContext(port1, context);
  port.onmessage = ({ data, target, type, ports, constructor }) => {
    assert.deepEqual([JSON.stringify(data), type, ports.length, constructor.name], ['{"done":1}', 'message', 0, 'MessageEvent']);
    assert.equal(target, port);
    assert.equal(Object.getPrototypeOf(data), runInContext('Object.prototype', context));
    v[0]++;
    port.postMessage('back');
    port.close();
  };
  port.start();
} else {
  const { v, port } = workerData;
  port.once('message', (message) => {
    assert.equal(message, 'back');
    v[0]++;
  });
  v[0]++;
  port.postMessage({ done: 1 });
}

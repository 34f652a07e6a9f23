import { isMainThread, MessageChannel, Worker, workerData } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  port1.on('close', () => { v[0]++; });
  new Worker(new URL(import.meta.url), { workerData: { v, port2 }, transferList: [port2] });
} else {
  workerData.v[0] = 1;
  workerData.port2.close();
}

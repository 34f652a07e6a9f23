import { isMainThread, Worker, workerData } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v, stdin: true });
  worker.once('online', () => {
    v[0] = 1;
    worker.stdin.end('done');
  });
} else {
  process.stdin.on('data', () => { workerData[0]++; });
}

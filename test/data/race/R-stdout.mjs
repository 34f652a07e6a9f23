import { isMainThread, Worker, workerData } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v, stdout: true });
  worker.stdout.once('data', () => { v[0]++; });
} else {
  process.stdout.write('done');
  setTimeout(() => { workerData[0] = 1; }, 500);
}

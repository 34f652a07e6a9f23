import { isMainThread, Worker, workerData } from 'node:worker_threads';
// A stream asks for more only when it has handed on what came before: that the second text was taken comes after that.
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v, stdout: true });
  worker.stdout.once('data', () => { v[0]++; });
} else process.stdout.write('one', () => process.stdout.write('two', () => { workerData[0]++; }));

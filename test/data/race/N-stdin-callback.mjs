import { isMainThread, Worker, workerData } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v, stdin: true });
  const { stdin } = worker;
  stdin.write('one', () => stdin.write('two', () => { v[0]++; stdin.end(); }));
} else process.stdin.once('data', () => { workerData[0]++; });

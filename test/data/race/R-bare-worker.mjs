import { isMainThread, Worker, workerData } from 'node:worker_threads';
// Workers with options and environment of their own.
if (isMainThread) {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 2; i++) new Worker(new URL(import.meta.url), { workerData: cells, env: {}, execArgv: [] });
} else {
  if (Object.keys(process.env).length > 0 || process.execArgv.length > 0) process.exit(3);
  workerData[0]++;
}

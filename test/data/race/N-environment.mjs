import { getEnvironmentData, isMainThread, setEnvironmentData, Worker } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('shared', v);
  v[0] = 1;
  new Worker(new URL(import.meta.url)).once('exit', () => { v[0]++; });
} else getEnvironmentData('shared')[0]++;

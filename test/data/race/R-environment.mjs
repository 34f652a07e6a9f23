import { getEnvironmentData, isMainThread, setEnvironmentData, Worker } from 'node:worker_threads';
if (isMainThread) {
  setEnvironmentData('cells', new Int32Array(new SharedArrayBuffer(4)));
  for (let i = 0; i < 2; i++) new Worker(new URL(import.meta.url));
} else {
  const cells = getEnvironmentData('cells');
  for (let i = 0; i < 9; i++) cells[0]++;
}

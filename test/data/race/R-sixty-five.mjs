import { int32, run, sleep } from './roles.mjs';
import { Worker } from 'node:worker_threads';
// The last of many threads is watched as the first.
const code = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.once('message', (go) => { if (go) workerData[0]++; parentPort.close(); });
`;
await run(import.meta.url, {
  main: () => {
    const v = int32(1);
    const workers = Array.from({ length: 65 }, () => new Worker(code, { eval: true, workerData: v }));
    for (const [index, worker] of workers.entries()) worker.postMessage(index === 0 || index === 64);
    sleep(1);
  },
});

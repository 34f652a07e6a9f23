import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

// A file tells the worker when to go on: it orders nothing that the detector knows of.
const flag = join(tmpdir(), `prof-stdout-${process.pid}`);
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v, stdout: true });
  worker.stdout.once('data', () => {
    // Later than the answer to the worker that its text has been taken.
    setTimeout(() => {
      v[0]++;
      writeFileSync(flag, '');
    }, 50);
  });
} else {
  process.stdout.write('done');
  const timer = setInterval(() => {
    if (!existsSync(flag)) return;
    clearInterval(timer);
    rmSync(flag);
    workerData[0] = 1;
  }, 5);
}

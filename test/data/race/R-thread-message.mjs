import threads from 'node:worker_threads';
const { isMainThread, parentPort, postMessageToThread, Worker, workerData } = threads;
// The receiver's write is behind the sender's message, but the sender's own is behind it as well.
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: v });
  worker.once('message', async () => {
    if (postMessageToThread === undefined) worker.postMessage('done'); // Node 20
    else await postMessageToThread(worker.threadId, 'done');
    v[0]++;
  });
} else {
  const add = () => { workerData[0]++; parentPort.close(); };
  process.once('workerMessage', add);
  parentPort.once('message', add);
  parentPort.postMessage('ready');
}

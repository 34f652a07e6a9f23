import { isMainThread, postMessageToThread, threadId, Worker, workerData } from 'node:worker_threads';
if (isMainThread) {
  const v = new Int32Array(new SharedArrayBuffer(4));
  const receiver = new Worker(new URL(import.meta.url), { workerData: { v } });
  receiver.once('message', () => new Worker(new URL(import.meta.url), { workerData: { v, to: receiver.threadId } }));
} else if (workerData.to === undefined) {
  const { parentPort } = await import('node:worker_threads');
  parentPort.on('message', () => {});
  process.once('workerMessage', ({ text }, source) => {
    if (text !== 'done' || source === threadId) throw new Error(text);
    workerData.v[0]++;
    parentPort.close();
  });
  parentPort.postMessage('ready');
} else {
  workerData.v[0] = 1;
  const alive = setInterval(() => {}, 10); // waiting for the answer does not keep a thread alive
  await postMessageToThread(workerData.to, { text: 'done' });
  clearInterval(alive);
}

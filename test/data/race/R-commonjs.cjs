const { isMainThread, Worker, workerData } = require('node:worker_threads');
// CommonJS, and a class without names for what is shared.
class Counter {
  constructor(cells) { this.cells = cells; }
  get next() { return (this.cells[0] += 1); }
}
if (!isMainThread) module.exports = new Counter(workerData).next;
else {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 2; i++) new Worker(__filename, { workerData: cells });
}

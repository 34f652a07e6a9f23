import { Worker } from 'node:worker_threads';
// A worker made of the text of a function.
const body = ({ workerData }) => { for (let i = 0; i < 5; i++) workerData[0]++; };
const cells = new Int32Array(new SharedArrayBuffer(4));
for (let i = 0; i < 2; i++) new Worker(`(${body})(require('node:worker_threads'))`, { eval: true, workerData: cells });

// Waits 50 ms in Atomics.wait, 30 ms in an await of a timer, 20 ms in a call that blocks, and keeps the event loop busy for
// 40 ms, twenty times each; prints what that took, by line.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const now = performance.now.bind(performance);
const cell = new Int32Array(new SharedArrayBuffer(4));
const measured = {};

function note(name, start) {
  measured[name] = (measured[name] ?? 0) + now() - start;
}

// Without garbage, whose collection V8 tells of as nobody's.
function busy() {
  const end = now() + 40;
  let x = 1;
  while (now() < end) for (let i = 0; i < 1e5; i++) x = (x * 31) | 0;
  return x;
}

for (let i = 0; i < 20; i++) {
  let start = now();
  Atomics.wait(cell, 0, 0, 50);
  note('atomics', start);
  start = now();
  await sleep(30);
  note('timer', start);
  start = now();
  execFileSync('sleep', ['0.02']);
  note('sync', start);
  await new Promise((resolve) => setImmediate(resolve));
  start = now();
  busy();
  note('loop', start);
  await new Promise((resolve) => setImmediate(resolve));
}
console.log(JSON.stringify(measured));

// Required by every thread of a program, behind the detector: delays what threads do with one another by random times, so that
// orders come up that are rare otherwise. The seed is in the environment as LITMUS_DELAYS; each thread has numbers of its own.
const workerThreads = require('node:worker_threads');
const { atomics } = require('../../dist/sync/native-atomics.js');

let state = (Number(process.env.LITMUS_DELAYS) + 0x9e3779b9 * (workerThreads.threadId + 1)) | 0;

/** mulberry32: the next number from 0 to 1. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const idle = new Int32Array(new SharedArrayBuffer(4));

/** Mostly nothing, else some steps of other threads, rarely all that they do. */
function delay() {
  const chance = random();
  if (chance < 0.6) return;
  if (chance < 0.9) {
    let n = Math.floor(random() * 5000);
    while (n > 0) n--;
  } else atomics.wait(idle, 0, 0, chance < 0.99 ? random() * 0.3 : random() * 5);
}

/** Has a method begin and return late. */
function delayed(object, name) {
  const original = object[name];
  if (typeof original !== 'function') return;
  object[name] = function (...args) {
    delay();
    try {
      return Reflect.apply(original, this, args);
    } finally {
      delay();
    }
  };
}

for (const name of Object.getOwnPropertyNames(Atomics)) delayed(Atomics, name);
for (const type of ['MessagePort', 'BroadcastChannel', 'Worker'])
  delayed(workerThreads[type].prototype, 'postMessage');
delayed(workerThreads.Worker.prototype, 'terminate');
delayed(workerThreads, 'receiveMessageOnPort');
require('node:module').syncBuiltinESMExports();
delay();

const { isMainThread, Worker, workerData } = require('node:worker_threads');
// Sloppy mode: `with`, duplicate parameters, arguments that are parameters, functions in blocks, a `this` that is global.
if (!isMainThread) {
  const assert = require('node:assert');
  with ({ cells: workerData }) Atomics.add(cells, 0, 1);
  function last(a, a) { return [arguments[0]][0] + a; }
  function aliased(x) { arguments[0] = 5; return [x][Number(0)]; }
  if (true) { function inBlock() { return [1][Number(0)]; } }
  function self() { return [this][Number(0)]; }
  var undeclared = delete globalThis.none, octal = 010;
  assert.deepEqual([last(1, 2), aliased(1), inBlock(), self() === globalThis, octal], [3, 5, 1, true, 8]);
  assert.equal(eval('var made = [3][Number(0)]; made') + made, 6);
  assert.equal(Object.keys(globalThis).some((key) => key.startsWith('$prof')), false);
  label: for (const x of [[1]]) { do { if (x[Number(0)]) continue label; } while (x[0]) throw new Error('not left'); }
} else {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 2; i++) new Worker(__filename, { workerData: cells });
}

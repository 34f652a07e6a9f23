const assert = require('node:assert');
const vm = require('node:vm');
// Texts of functions are handed to other contexts, which know no hooks; builtins are told by theirs.
const list = [3, 4];
const get = (o, i) => o.list[i()] + list[0];
function read(v) { return v.list[v.at()]; }
class Reader { list = [7]; read(i) { return this.list[i + Number(1)] ?? this.list[0]; } }
assert.equal(String(get), '(o, i) => o.list[i()] + list[0]');
assert.equal(`${read}`, 'function read(v) { return v.list[v.at()]; }');
assert.equal(Reader.toString().slice(0, 33), 'class Reader { list = [7]; read(i');
assert.equal(Reader.prototype.read.toString().slice(-18), '?? this.list[0]; }');
assert.equal(vm.runInNewContext(`(${read})({ list: [5], at: () => 0 })`), 5);
assert.equal(vm.runInNewContext(`new (${Reader})().read(1)`), 7);
for (const builtin of [Int32Array.prototype.set, Atomics.load, Function.prototype.toString, JSON.stringify])
  assert.match(Function.prototype.toString.call(builtin), /^function \w+\(\) \{ \[native code\] \}$/);
assert.throws(() => Function.prototype.toString.call({}), TypeError);

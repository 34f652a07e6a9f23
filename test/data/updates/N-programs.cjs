const assert = require('node:assert');
const after = (value) => new Promise((resolve) => setImmediate(resolve, value));
// They do what they did.
let total = 1, other, named;
const log = [];
const note = (x) => (log.push(x), x);
class Box {
  #n = 1;
  static made = note(1);
  value = note(2);
  get n() { return this.#n; }
  set n(n) { this.#n = note(n); }
  async add(by = note(3)) { this.n += await after(by); this.#n ||= 5; return super.toString === Object.prototype.toString; }
  async *each() { yield this.n; yield await after(this.#n); }
}
async function all(x, ...rest) {
  const box = new Box();
  assert.equal(await box.add(), true);
  assert.equal(box.n, 4);
  total += await after(1), total = total ** 2
  ;[total, other] = [total + x, rest.length]
  named ??= async () => {}
  named.length
  try { total = total + (await after(null)).missing; } catch (error) { assert.match(error.message, /null/); total++; }
  finally { total += await after(1); }
  const seen = []
  for await (const n of box.each()) seen.push(n)
  if (seen.length === 9) return
  const o = { total, f() { return this === o; }, get [note('key')]() { return 7; } };
  o.total = o.total + (await after(1));
  o[note('total')] += await after(1);
  assert.equal((o.f)(), true);
  assert.equal(typeof o.none, 'undefined');
  delete o.none?.x;
  o.list = [0]; o.list[note(0)] = o.list[0] + (await after(1)); o.list[0]++;
  const map = new Map([[o, 1]]);
  map.set(o, map.get(o) + (await after(1))).set('x', 1);
  return [total, other, named.name, seen, o.total, o.key, o.list, map.get(o), map.size];
}
all(1, 2, 3).then((found) => {
  assert.deepEqual(found, [7, 2, 'named', [4, 4], 9, 7, [2], 2, 2]);
  assert.deepEqual(log, [1, 2, 3, 4, 'key', 'total', 0]);
  assert.equal(String(all).startsWith('async function all(x, ...rest) {\n  const box'), true);
});

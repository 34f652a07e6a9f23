import cryptoModule from 'node:crypto';
import fs from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { sleep } from './roles.mjs';

// Each row is a way to touch shared memory: how a thread sees the buffer, an access, another one that it races with,
// and one beside it that it does not. `node accesses.mjs first last race|beside` runs some rows in two workers.

const int32 = (memory) => new Int32Array(memory);
const uint8 = (memory) => new Uint8Array(memory);
const bytes = (memory) => Buffer.from(memory);
const dataView = (memory) => new DataView(memory);
const write = (v) => { v[1] = 1; };
const readFirst = (v) => v[0];
class Cells extends Int32Array {
  second = 1;
  get(i) { return this[i]; }
  *all() { yield this[this.second]; }
}
function inFile(use) {
  const fd = fs.openSync(process.execPath, 'r');
  use(fd);
  fs.closeSync(fd);
}
function sum(...values) { return values.length; }
function byDefault(v, x = v[Number(1)]) { return x; }
const box = { get cells() { return this.v; } };

const rows = [
  ['Int8Array', (memory) => new Int8Array(memory), write, (v) => v[1], readFirst],
  ['Uint8Array', uint8, write, (v) => { v[1] += 1; }, readFirst],
  ['Uint8ClampedArray', (memory) => new Uint8ClampedArray(memory), write, (v) => v[1]++, readFirst],
  ['Int16Array', (memory) => new Int16Array(memory), write, (v) => v['1'], readFirst],
  ['Uint16Array', (memory) => new Uint16Array(memory), write, (v) => { v[1] ||= 2; }, readFirst],
  ['Uint32Array', (memory) => new Uint32Array(memory), write, (v) => { v[1] = Number(3); }, readFirst],
  ['Float32Array', (memory) => new Float32Array(memory), write, (v) => v[1] * 2, readFirst],
  ['Float64Array', (memory) => new Float64Array(memory), write, (v) => { v[1] **= 2; }, readFirst],
  ['BigInt64Array', (memory) => new BigInt64Array(memory), (v) => { v[1] = 1n; }, (v) => v[1], readFirst],
  ['BigUint64Array', (memory) => new BigUint64Array(memory), (v) => { v[1]++; }, (v) => v[1], readFirst],
  ['subclass', (memory) => new Cells(memory), write, (v) => v.get(1), (v) => v.get(0)],
  ['generator of a subclass', (memory) => new Cells(memory), write, (v) => [...v.all()], (v) => v.get(0)],
  ['spread constructor', (memory) => new Int32Array(...[memory, 0, 4]), write, (v) => v[1], readFirst],
  ['Reflect.construct', (memory) => Reflect.construct(Int32Array, [memory]), write, (v) => v[1], readFirst],
  ['subarray', (memory) => new Int32Array(memory).subarray(1), (v) => { v[0] = 1; }, (v) => v.at(0), (v) => v.at(1)],
  ['DataView', dataView, (v) => v.setInt32(4, 1), (v) => v.getUint8(7), (v) => v.getUint8(8)],
  ['DataView unaligned', dataView, (v) => v.setFloat64(3, 1), (v) => v.getInt16(10), (v) => v.getInt16(11)],
  ['DataView 64', dataView, (v) => v.setBigInt64(8, 1n), (v) => v.getBigUint64(1), (v) => v.getBigUint64(0)],

  ['for-of', int32, write, (v) => { for (const x of v) if (x < 0) break; }, (v) => { for (const x of v) if (x >= 0) break; }],
  ['spread', int32, write, (v) => [...v], (v) => [...v.subarray(2)]],
  ['spread of arguments', int32, write, (v) => sum(...v), (v) => sum(...v.subarray(2))],
  ['object spread', int32, write, (v) => ({ ...v }), (v) => ({ ...v.subarray(2) })],
  ['array pattern', int32, write, (v) => { const [, x] = v; return x; }, (v) => { const [x] = v; return x; }],
  ['object pattern', int32, write, (v) => { const { 1: x } = v; return x; }, (v) => { const { 0: x } = v; return x; }],
  ['object pattern assigned', int32, write, (v) => { let x; ({ 1: x } = v); return x; }, (v) => { let x; ({ 0: x } = v); return x; }],
  ['swap', int32, write, (v) => { [v[0], v[1]] = [v[1], v[0]]; }, (v) => { [v[2], v[3]] = [v[3], v[2]]; }],
  ['optional chain', (memory) => ({ p: int32(memory) }), (o) => { o.p[1] = 1; }, (o) => o?.p[1], (o) => o?.p[0]],
  ['optional element', (memory) => ({ p: int32(memory) }), (o) => { o.p[1] = 1; }, (o) => o.p?.[1], (o) => o.p?.[0]],
  ['getter', (memory) => ({ __proto__: box, v: int32(memory) }), (o) => { o.cells[1] = 1; }, (o) => o.cells[1], (o) => o.cells[0]],
  ['default value', int32, write, (v) => byDefault(v), readFirst],
  ['field', int32, write, (v) => new (class { x = v[Number(1)]; })(), (v) => new (class { x = v[Number(0)]; })()],
  ['for target', int32, write, (v) => { for (v[1] of [4]); }, (v) => { for (v[0] of [4]); }],
  ['arguments', int32, write, (v) => (function () { return arguments[0][1]; })(v), readFirst],
  ['new Function', int32, write, (v) => new Function('v', 'return v[1]')(v), (v) => new Function('v', 'return v[0]')(v)],
  ['apply', int32, write, (v) => Math.max.apply(null, v), (v) => Math.max.apply(null, v.subarray(2))],
  ['Reflect.apply', int32, write, (v) => Reflect.apply(sum, null, v), (v) => Reflect.apply(sum, null, v.subarray(2))],

  ['fill', int32, (v) => v.fill(1, 1, 2), (v) => v[1], readFirst],
  ['set', int32, (v) => v.set([1], 1), (v) => v[1], readFirst],
  ['set from', int32, write, (v) => new Int32Array(16).set(v), (v) => new Int32Array(16).set(v.subarray(2))],
  ['copyWithin', int32, write, (v) => v.copyWithin(0, 1, 2), (v) => v.copyWithin(2, 3, 4)],
  ['with', int32, write, (v) => v.with?.(0, 1) ?? v[1], (v) => v.with?.(1, 1)],
  ['reverse', int32, write, (v) => v.subarray(0, 3).subarray(0, 2).reverse(), (v) => v.subarray(0, 3).reverse()],
  ['slice', int32, write, (v) => v.slice(1, 2), (v) => v.slice(2)],
  ['forEach', int32, write, (v) => v.forEach(() => {}), (v) => v.subarray(2).forEach(() => {})],
  ['reduceRight', int32, write, (v) => v.reduceRight((a, b) => a + b), (v) => v.subarray(2).reduceRight((a, b) => a + b)],
  ['indexOf', int32, write, (v) => v.indexOf(99), (v) => v.indexOf(99, 2)],
  ['includes', int32, write, (v) => v.includes(99), (v) => v.includes(99, 2)],
  ['lastIndexOf', int32, write, (v) => v.lastIndexOf(99), (v) => v.subarray(2).lastIndexOf(99)],
  ['sort', int32, write, (v) => v.sort(), (v) => v.subarray(2).sort()],
  ['join', int32, write, (v) => `${v}`, (v) => `${v.subarray(2)}`],
  ['entries', int32, write, (v) => Object.fromEntries(v.entries()), (v) => [...v.subarray(2).entries()]],
  ['Array.from', int32, write, (v) => Array.from(v), (v) => Array.from(v.subarray(2))],
  ['copy constructor', int32, write, (v) => new Float64Array(v), (v) => new Float64Array(v.subarray(2))],
  ['Int32Array.from', int32, write, (v) => Int32Array.from(v), (v) => Int32Array.from(v.subarray(2))],
  ['slice of Array', int32, write, (v) => Array.prototype.slice.call(v), (v) => [].slice.call(v.subarray(2))],
  ['method by call', int32, write, (v) => Int32Array.prototype.map.call(v, (x) => x), (v) => v.subarray(2).map((x) => x)],

  ['Object.values', int32, write, (v) => Object.values(v), (v) => Object.values(v.subarray(2))],
  ['Object.assign', int32, write, (v) => Object.assign({}, v), (v) => Object.assign({}, v.subarray(2))],
  ['Reflect.set', int32, (v) => Reflect.set(v, 1, 1), (v) => Reflect.get(v, '1'), (v) => Reflect.get(v, 0)],
  ['JSON', int32, write, (v) => JSON.stringify(v), (v) => JSON.stringify(v.subarray(2))],
  ['readSync', int32, (v) => inFile((fd) => fs.readSync(fd, v, 4, 4, 0)), (v) => v[1], (v) => v[2]],
  ['readSync with options', uint8, (v) => inFile((fd) => fs.readSync(fd, v, { offset: 1, length: 1 })), (v) => v[1], (v) => v[2]],
  ['readvSync', int32, (v) => inFile((fd) => fs.readvSync(fd, [v.subarray(1, 2)])), (v) => v[1], (v) => v[2]],
  ['writeSync', int32, write, (v) => fs.writeSync(fs.openSync('/dev/null', 'w'), v), (v) => fs.writeSync(fs.openSync('/dev/null', 'w'), v, 8)],
  ['writeFileSync', int32, write, (v) => fs.writeFileSync('/dev/null', v), (v) => fs.writeFileSync('/dev/null', v.subarray(2))],
  ['TextDecoder', uint8, write, (v) => new TextDecoder().decode(v), (v) => new TextDecoder().decode(v.subarray(2))],
  ['encodeInto', uint8, (v) => new TextEncoder().encodeInto('ab', v), (v) => v[1], (v) => v[2]],
  ['randomFillSync', int32, (v) => cryptoModule.randomFillSync(v, 1, 1), (v) => v[1], (v) => v[2]],
  ['hash', uint8, write, (v) => cryptoModule.createHash('sha1').update(v), (v) => cryptoModule.createHash('sha1').update(v.subarray(2))],
  ['timingSafeEqual', uint8, write, (v) => cryptoModule.timingSafeEqual(v, v), (v) => cryptoModule.timingSafeEqual(v.subarray(2), v.subarray(2))],

  ['Buffer', bytes, write, (v) => v[1], readFirst],
  ['Buffer subarray', (memory) => Buffer.from(memory).subarray(1), (v) => { v[0] = 1; }, (v) => v[0], (v) => v[1]],
  ['Buffer slice', (memory) => Buffer.from(memory).slice(1), (v) => { v[0] = 1; }, (v) => v[0], (v) => v[1]],
  ['readInt32LE', bytes, (v) => v.writeInt32LE(1, 4), (v) => v.readUInt16BE(6), (v) => v.readUInt16BE(8)],
  ['readUIntBE', bytes, (v) => v.writeUIntBE(1, 4, 3), (v) => v.readIntLE(6, 2), (v) => v.readIntLE(7, 2)],
  ['readDouble', bytes, (v) => v.writeBigInt64LE(1n, 8), (v) => v.readDoubleBE(9), (v) => v.readDoubleBE(0)],
  ['Buffer write', bytes, (v) => v.write('ab', 1), (v) => v.toString('latin1'), (v) => v.toString('latin1', 3)],
  ['Buffer fill', bytes, (v) => v.fill('ab', 1, 3), (v) => v[2], (v) => v[3]],
  ['Buffer copy', bytes, (v) => v.copy(v, 1, 8, 10), (v) => v[2], (v) => v[3]],
  ['Buffer equals', bytes, write, (v) => v.subarray(1, 2).equals(Buffer.of(1)), (v) => v.subarray(2, 3).equals(Buffer.of(0))],
  ['Buffer.concat', bytes, write, (v) => Buffer.concat([v]), (v) => Buffer.concat([v.subarray(2)])],
  ['Buffer.from view', bytes, write, (v) => Buffer.from(v), (v) => Buffer.from(v.subarray(2))],
  ['Buffer.compare', bytes, write, (v) => Buffer.compare(v.subarray(1, 2), Buffer.of(1)), (v) => Buffer.compare(v.subarray(2), Buffer.alloc(62))],
  ['Buffer indexOf', bytes, write, (v) => v.indexOf(99), (v) => v.subarray(2).indexOf(99)],
];

if (isMainThread) {
  const [first, last, mode] = process.argv.slice(2);
  const chosen = rows.slice(Number(first), Number(last));
  if (mode === 'list') console.log(chosen.map(([name]) => name).join('\n'));
  else {
    const memories = chosen.map(() => new SharedArrayBuffer(64));
    for (const role of [2, 3]) {
      new Worker(new URL(import.meta.url), { workerData: { first, last, memories, role: mode === 'beside' && role === 3 ? 4 : role } });
    }
  }
} else {
  const { first, last, memories, role } = workerData;
  if (role !== 2) sleep(400);
  for (const [index, row] of rows.slice(Number(first), Number(last)).entries()) row[role](row[1](memories[index]));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrument } from '../../../../src/source/transform/instrumented.js';

/** A program with hooks, `$prof_view(v)&&v.$prof!==void 0&&$prof_read(v,i,7)` shortened to `read(v,i)`. */
function hooked(code: string): string {
  const text = instrument(code, 'test', 'module')?.code ?? 'not parsed';
  return text
    .replace(/\$prof_view\(([^)]*)\)&&\1\.\$prof!==void 0&&\$prof_(\w+)\(([^()]*),\d+\)/g, '$2($3)')
    .replace(/\$prof\.site=\d+/g, 'site')
    .replace(/;?(var|let) \$profc=.*?\|0;/g, ';enter;')
    .replaceAll('$prof.context=$profc', 'leave')
    .replaceAll('$prof.context=$profd', 'resume')
    .replace(/^;enter;|;leave;$/g, '') // of the file itself
    .replace(/\$prof(\d)/g, '$$$1')
    .replace(/,\d+\)$/, ',7)')
    .replace(/^;(var [^;]*;);enter;/, ';$1');
}

test('race transform: what is put in', () => {
  const check = (code: string, want: string): void => assert.equal(hooked(code), want, code);
  check('a[i]', 'a[read(a,i),i]');
  check('a[i] = 5', 'a[write(a,i),i] = 5');
  check('a[i]++', 'a[update(a,i),i]++');
  check('(a[i])++', '(a[update(a,i),i])++');
  check('a[i] += x', 'a[update(a,i),i] += x');
  check('a[i + 1]', 'a[read(a,i + 1),i + 1]');
  check('a["x"]; a[`x`]; a[Symbol.iterator]', 'a["x"]; a[`x`]; a[Symbol.iterator]');
  check('delete a[i]; a[i](); a[i]`x`', 'delete a[i]; a[i](); a[i]`x`');
  check('arguments[i]', 'arguments[i]');
  check('[a[0], b] = [b, a[1]]', '[a[write(a,0),0], b] = [b, a[read(a,1),1]]');
  check('[a[0]] = f()', '[a[0]] = f()'); // an iterator of the program may synchronise before the write
  check('for (a[0] of xs) ;', 'for (a[write(a,0),0] of xs) ;');
  check('a[f()]', ';var $0;a[$0=(f()),read(a,$0),$0]');
  check('x = o.p[i]', ';var $0;x = ($0=o.p)[read($0,i),i]');
  check('x = o?.p[i]', ';var $0,$1;x = (($1=o)==null?void 0:($0=$1?.p)[read($0,i),i])');
  check('x = o.p?.[i]', ';var $0;x = ($0=o.p)?.[read($0,i),i]');
  check('o.m?.()[i]', ';var $0;o.m?.()[i]'); // the method's this cannot be kept: not seen
  check('foo\no.p[i]', ';var $0;foo\nvoid 0,($0=o.p)[read($0,i),i]'); // a bracket would make it foo(…)
  check('a[0] = f()', ';var $0,$1;void 0,($1=a)[0] = ($0=(f()),write($1,0),$0)'); // f may synchronise
  check('a[i] = () => x', 'a[i] = () => x'); // would be named after the temporary
  check('x => a[-x]', 'x => {var $0;return (a[$0=(-x),read(a,$0),$0])}');
  check('const {1: x} = v', ';var $0;const {1: x} = ($0=(v),keys($0,[1]),$0)');
  check('const {a: x} = v', 'const {a: x} = v');
  check('Atomics.add(v, 0, 1)', 'Atomics.add(v, 0, (site,1))');
  check('dv.getInt32(f())', ';var $0;dv.getInt32(($0=(f()),site,$0))');
  check('new C(a, b)', ';var $0;$prof_new(new C($0=(a), b),$0)');
  check('new C(() => 1)', '$prof_new(new C(() => 1),null)');
  check('new SharedArrayBuffer(8)', '$prof_buffer(new SharedArrayBuffer(8),7)');
  check("'use strict'; a[f()]", "'use strict';;var $0;;enter; a[$0=(f()),read(a,$0),$0]");
  check('#!/usr/bin/env node\na[f()]', '#!/usr/bin/env node\n;var $0;;enter;a[$0=(f()),read(a,$0),$0]');
  check('f.apply(x, v)', ';var $0;f.apply(x, ($0=(v),keys($0,void 0),$0))');
  check('Reflect.apply(f, x, v)', ';var $0;Reflect.apply(f, x, ($0=(v),keys($0,void 0),$0))');
  check('({1: x} = v)', ';var $0;({1: x} = ($0=(v),keys($0,[1]),$0))');
  check('function f(x = a[i]) {}', 'function f(x = a[read(a,i),i]) {}');
  check('function f(x = a[g()]) {}', 'function f(x = (($0)=>(a[$0=(g()),read(a,$0),$0]))()) {}'); // no room for a temporary
  check('function f(x = a[eval(s)]) {}', 'function f(x = a[eval(s)]) {}'); // may declare what others see
  check('class A { x = a[-i] }', 'class A { x = (($0)=>(a[$0=(-i),read(a,$0),$0]))() }');
  check('function f() { "use asm"; a[0] }', 'function f() { "use asm"; a[0] }'); // V8 would complain
});

test('race transform: functions that call others keep the context', () => {
  const check = (code: string, want: string): void => assert.equal(hooked(code), want, code);
  check('function f(x) { return x }', 'function f(x) { return x }'); // calls nobody
  check(
    'function f(x) { if (x) return; return g(x) }',
    'function f(x) {;var $0;;enter; if (x) return void(leave); return ($0=(g(x)),leave,$0) ;leave}',
  );
  check('x => g(x)', 'x => {var $0;enter;return ($0=(g(x)),leave,$0)}');
  check('() => (g(), () => 1)', '() => {var $0;enter;return ($0=((g(), () => 1)),leave,$0)}');
  check('function f() { g(); return () => 1 }', 'function f() {;enter; g(); return (leave,() => 1) ;leave}'); // keeps its name
  check(
    'function f() { try { g() } catch { } finally { h() } }',
    'function f() {;enter; try { g() } catch {resume; } finally {const $profe=$prof.context;resume; h() ;$prof.context=$profe} ;leave}',
  );
  check(
    'async function f() { await g() }',
    'async function f() {;var $0;;enter; void 0,($0=await ($0=(g()),leave,$0),$profc=0,resume,$0) ;leave}',
  );
  check('function* f() { yield g() }', 'function* f() { yield g() }'); // whoever resumes it has called
});

test('race transform: every line keeps its number, and places are found again', () => {
  const code = 'const a = [1];\n  const b = o.p[f()] + a[0];\nthrow new Error(String(b))';
  const made = instrument(code, 'test', 'module');
  assert.ok(made !== undefined);
  assert.equal(made.code.split('\n').length, 3);
  const [, line = ''] = made.code.split('\n');
  const place = (text: string): { line: number; column: number } =>
    made.places.original({ line: 2, column: line.lastIndexOf(text) + 1 });
  assert.deepEqual(place('a['), { line: 2, column: 24 });
  assert.deepEqual(place('const b'), { line: 2, column: 3 });
  assert.deepEqual(place(',0]'), { line: 2, column: 26 }); // of the hook: where it was put in
});

Object.assign(globalThis, {
  $prof: { site: 0, context: 0 },
  $prof_view: ArrayBuffer.isView,
  $prof_new: (made: unknown) => made,
  $prof_buffer: (made: unknown) => made,
});

/** A function that notes what it is called with in `log`, and gives it back. */
function logger(log: unknown[]): (value: unknown) => unknown {
  return (value) => {
    log.push(value);
    return value;
  };
}

/** What a program gives, or throws, and what it logs on the way. */
function outcome(code: string): unknown {
  const log: unknown[] = [];
  try {
    return [new Function('log', code)(logger(log)), log];
  } catch (error) {
    return [String(error), log];
  }
}

const programs = [
  '(function () { const f = ({ a = [1][log(0)] } = {}, [b = [2][log(0)] + a] = [], c = [arguments[0]][log(0)]) => log([a, b, c]); f() })(8)',
  'function f(a = [1][log(0)], b = () => a) { a = 2; return [a, b(), arguments.length] } return f()',
  'class A { x = [this.constructor.name][log(0)]; static y = [new.target][log(0)]; z = { v: [1][log(0)] } } return [{ ...new A() }, A.y]',
  'class A { m() { return 5 } } class B extends A { x = [super.m()][log(0)]; f = function () {} } const b = new B(); return [b.x, b.f.name]',
  'let x; ({ 1: x } = [1, log(2)]); return x',
  'const a = [1, 2, 3]; a[log(0)] = log(5); return a',
  'let a = [1]; a[0] = (a = [2], 3); return a', // the old array is written
  'let i = 0; const a = [1, 2]; a[i++] += a[i++]; return [a, i]',
  'const o = { get p() { log("get"); return [7] } }; return o.p[0] + o.p[log(0)]',
  'const o = null; return o?.p[log(0)].q',
  'const o = {}; return o?.p[log(0)]', // throws
  'const o = {}; return o.p?.[log(0)].q.r',
  'const o = { p: { q: [[1, 2]] } }; return o?.p.q[0]?.[1]',
  'const o = { f() { return [this === o] } }; return [o?.f()[0], o.f?.()[0]]',
  'const a = [() => this]; return typeof a[0] + a[0]()',
  'const a = [0, 0]; [a[0], a[1]] = [1, 2]; ({ x: a[0] } = { x: 9 }); return a',
  'const a = []; for (a[0] of [1, 2]) log(a[0]); for (a[1] in { k: 1 }); return a',
  'const a = [null]; a[0] ??= log(1); a[0] ||= log(2); a[0] &&= log(3); return a',
  'const a = []; a[0] = function () {}; a[1] = () => {}; a[2] = class {}; return a.map((f) => f.name)',
  'class A { constructor(f) { this.f = f } } return [new A(() => 1).f.name, new A(class {}).f.name]',
  'class A { constructor(x) { this.x = x } } class B extends A { y = [1][0]; constructor(x) { super(x) } } return { ...new B(4) }',
  'function f(n) { return n === 0 ? 0 : [f(n - 1)][log(0)] + 1 } return f(3)',
  'function* g() { const a = [1, 2]; a[yield 1] = yield 2; return a } const i = g(); i.next(); i.next(1); return i.next(9)',
  'const { 0: x, ...rest } = [1, 2]; return [x, rest]',
  'const f = (x) => ({ v: [x][log(0)] })\nreturn f(2)',
  'let n = 0\nconst o = { p: [1] }\no.p[n]++\nreturn o',
  'const a = new Uint8Array(2)\na[log(1)] = log(300)\nreturn [...a]',
  'return [undefinedName][0][log(1)]',
  'const s = "abc"; return s[1] + "xyz"[log(2)]',
  'try { const t = a[0]; let a } catch (e) { return e.message }',
  'const a = [1, 2]; delete a[log(0)]; return [0 in a, a.length]',
  'return (function () { return arguments[0] + arguments[log(1)] })(1, 2)',
  'const k = Symbol(); const o = { [k]: 1 }; return o[k] + (o[`ab`] ?? 0)',
  'const a = [[1]]; label: for (const x of a) { if (x[0]) continue label; } return a[0][0]',
  `const a = [5]; return \`\${a[0]}\${a[log(0)]}\` + ((s) => s.raw[0])\`\${a[0]}x\``,
  'with ({ a: [1] }) { return a[0] }',
  'const p = new Proxy([1], { get(t, k) { log(String(k)); return t[k] } }); return p[0]',
];

test('race transform: what is nested too deep is run as it is', () => {
  assert.equal(instrument(`a[0]${'+a[0]'.repeat(1e5)}`, 'deep', 'commonjs'), undefined);
});

test('race transform: programs do what they did', () => {
  for (const program of programs) {
    const code = instrument(program, 'test', 'commonjs')?.code;
    assert.ok(code !== undefined, program);
    assert.deepEqual(outcome(code), outcome(program), `${program}\n${code}`);
  }
});

test('race transform: async programs do what they did', async () => {
  const program = `return (async () => {
    const a = [1, 2];
    const late = async (x) => { await null; log(x); return x };
    a[await late(0)] = await late(7);
    a[1] += await late(1);
    const [first] = await Promise.all([late(a[0]), (async () => { for await (a[1] of [late(3)]) log(a[1]) })()]);
    return [a, first];
  })()`;
  const run = async (code: string): Promise<unknown> => {
    const log: unknown[] = [];
    return [await new Function('log', code)(logger(log)), log];
  };
  const code = instrument(program, 'test', 'commonjs')?.code ?? '';
  assert.notEqual(code, program);
  assert.deepEqual(await run(code), await run(program));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { callSitesOf } from '../../../src/source/call-sites.js';
import { applyName, helpCalls, placeOfHelper } from '../../../src/source/transform/call-helpers.js';
import { insertAll } from '../../../src/source/transform/insertions.js';
import { type CodeKind, parseCode } from '../../../src/source/transform/parse-code.js';

/** `code` with each call that can have one in a frame of its own. */
function helped(code: string, kind: CodeKind = 'module'): string {
  const program = parseCode(code, kind);
  assert.ok(program !== undefined, code);
  return insertAll(code, helpCalls(program, code, callSitesOf(program, code)).insertions);
}

test('helpCalls: what is put around a call', () => {
  const check = (code: string, want: string): void =>
    assert.equal(helped(code).replaceAll('$prof_call_', '@').replaceAll(applyName, 'apply'), want);
  check('f(1, x)', '@1_1(f,/*(*/1, x);function @1_1(f,$1,$2){return f($1,$2)}');
  check('f ()', '@1_1(f /*(*/);function @1_1(f){return f()}');
  check('f(...x)', '@1_1(f,/*(*/...x);function @1_1(f,...$1){return f(...$1)}');
  check('o.m(x)', '@1_3(o/*.m(*/,x);function @1_3(o,$1){return o.m($1)}');
  check('this.m()', '@1_6(this/*.m(*/);function @1_6($o){return $o.m()}');
  check(
    'o.m(g())',
    '@1_3(o.m,o,/*(*/@1_5(g/*(*/));' +
      'function @1_3(m,$o,$1){return typeof m==="function"?apply(m,$o,[$1]):m()}function @1_5(g){return g()}',
  );
  check(
    '() => { a.b.m(x++) }',
    '() => { @1_13(($prof_o=a.b).m,$prof_o,/*(*/x++) ;var $prof_o};' +
      'function @1_13(m,$o,$1){return typeof m==="function"?apply(m,$o,[$1]):m()}',
  );
  check('() => a.b.m(x++)', '() => a.b.m(x++)'); // nowhere to declare a variable
  check('new C(x)', '@1_1(/*new*/ C,/*(*/x);function @1_1(C,$1){return new C($1)}');
  check('new C', '@1_1(/*new*/ C);function @1_1(C){return new C()}');
  for (const left of ['eval("x")', 'a?.b(x)', 'a?.b.c(x).d()', 'import("x")', '(a?.b)(x)']) check(left, left);
  check(
    'class A extends B { constructor() { super(1) } }',
    'class A extends B { constructor() { super(1) } }',
  );
});

test('placeOfHelper: the place of the call', () => {
  assert.deepEqual(placeOfHelper('$prof_call_12_5'), { line: 12, column: 5 });
  assert.equal(placeOfHelper('call_12_5'), undefined);
});

/** What a function body gives, thrown errors as their text; `log` notes what happened in which order. */
async function outcome(body: string): Promise<string> {
  const log: unknown[] = [];
  try {
    const made: unknown = await new Function('log', body)((x: unknown) => log.push(x) && x);
    return inspect([made, log], { depth: 9 });
  } catch (error) {
    return inspect([error instanceof Error ? error.name : error, log]);
  }
}

// Each is run as it is, and with every call in a helper.
const programs = [
  'const o = {n: 3, m(x) { return this.n + x }}; return [o.m(1), o["m"](2), (o.m)(3), o.m(log(4)), o?.m(5)]',
  'const f = (...a) => a; return [f(), f(1), f(...[1, 2], 3), f(f(f(1)), f(2)), f /* ( */ (4), f(\n5,\n)]',
  'function f() { return [typeof this, arguments.length] } return [f(1, 2), f.call(3), f.apply(4, [5])]',
  'function f() { return g(...arguments) } function g() { return arguments.length } return f(1, 2, 3)',
  'class A { #x = 1; #m(y) { return this.#x + y } t(y) { return [this.#m(y), this.#m(log(y))] } } return new A().t(2)',
  'class A { m(x) { return ["A", this.k, x] } } class B extends A { k = 1; m(x) { return super.m(log(x)) } } return new B().m(2)',
  'class A { constructor(x) { this.x = x; this.t = new.target.name } } class B extends A { constructor() { super(log(1)) } } return [new A(2), new B(), new B, new (class { y = 1 })()]',
  'function* g() { const x = yield log(1); return log(x + (yield log(2))) } const i = g(); return [i.next(), i.next(3), i.next(4)]',
  'const f = async (x) => x * 2; return [await f(await f(1)), (await f(2)).toFixed(await f(1))]',
  'const o = {get a() { log("a"); return {m: (x) => x} }}; return [o.a.m(log(1)), o.a.m(2)]',
  'const o = {m: () => 1}; const set = () => { o.m = () => 2; return 0 }; return [o.m(set()), o.m()]', // the method is read first
  'let o = {m: () => 1}; const set = () => { o = {m: () => 2}; return 0 }; return [o.m(set()), o.m()]',
  'const o = {a: {k: 1, m(x) { return [this.k, x] }}}; const swap = () => { o.a = {k: 2, m: () => 0} }; return o.a.m(swap())',
  'const o = {}; return o.m(log(1))', // arguments first, then: not a function
  'return undefined?.m(log(1))',
  'let o; return o.m(log(1))', // no arguments at all
  'return (0, log)(1) + (() => 2)() + (function (x) { return x })(3)',
  'const t = (s, ...v) => s.raw.join("|") + v; return [t`a`, t`b`]',
  'const p = new Proxy(() => 1, {get: (t, k) => (log(String(k)), () => k), apply: () => 7}); return [p(), p.x(log(1))]',
  'const f = Object.setPrototypeOf(function () { return this.k }, null); return {k: 5, f}.f(log(1))', // has no `call`
  'const list = [3, 1, 2]; list.sort((a, b) => a - b).map(log).forEach((x) => log(x)); return list',
  'return [..."ab"].map((x) => x.toUpperCase()).join(log("-"))',
  'const x = {f() { return () => this === x }}; return x.f()()',
  'return typeof f(); function f() { return 1 }', // hoisted
  'const f = function () {}; const g = (x) => x.name; return [g(f), g(() => 1), g(class {}), g(log(() => 1))]',
  'var f = (x) => x\nvar a = [1]\n;[f(a[0])].forEach(log)\nreturn a',
  'return eval("log(1)") + new Function("return 2")()',
  'const f = (a, b = a.concat([log(2)])) => b; return f([1])',
  'label: for (const x of [1, 2]) { for (;;) { if (log(x)) continue label } } return 0',
  'return new Date(0).toISOString().slice(0, 4) + new Map([[1, 2]]).get(log(1))',
  'throw new RangeError(log("x"))',
  'const C = class { static make(x) { return new this(x) } constructor(x) { this.x = x } }; return C.make(log(1)).x',
  'const r = []; for (const m of "a1b2".matchAll(/[a-z](\\d)/g)) r.push(Number(m[1])); return r',
];

test('helpCalls: programs do the same', async () => {
  Object.defineProperty(globalThis, applyName, { value: Reflect.apply, configurable: true });
  for (const text of programs) {
    const body = `return (async () => { ${text} })()`;
    const changed = helped(body, 'commonjs');
    assert.equal(await outcome(changed), await outcome(body), changed);
  }
  Reflect.deleteProperty(globalThis, applyName);
});

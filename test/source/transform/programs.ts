/** A function that notes what it is called with in `log`, and gives it back. */
function logger(log: unknown[]): (value: unknown) => unknown {
  return (value) => {
    log.push(value);
    return value;
  };
}

/** What a program gives, or throws, and what it logs on the way. */
export function outcome(code: string): unknown {
  const log: unknown[] = [];
  try {
    return [new Function('log', code)(logger(log)), log];
  } catch (error) {
    return [String(error), log];
  }
}

/** Programs that give a value, or throw, and call `log` on the way. */
export const programs: readonly string[] = [
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

/** A program that gives a promise. */
export const asyncProgram = `return (async () => {
    const a = [1, 2];
    const late = async (x) => { await null; log(x); return x };
    a[await late(0)] = await late(7);
    a[1] += await late(1);
    const [first] = await Promise.all([late(a[0]), (async () => { for await (a[1] of [late(3)]) log(a[1]) })()]);
    return [a, first];
  })()`;

/** What it gives, and what it logs on the way. */
export async function outcomeLater(code: string): Promise<unknown> {
  const log: unknown[] = [];
  return [await new Function('log', code)(logger(log)), log];
}

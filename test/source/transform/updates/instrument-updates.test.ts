import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertAll } from '../../../../src/source/transform/insertions.js';
import { parseCode } from '../../../../src/source/transform/parse-code.js';
import { instrumentUpdates } from '../../../../src/source/transform/updates/instrument-updates.js';
import { asyncProgram, outcome, outcomeLater, programs } from '../programs.js';

function instrument(code: string): string {
  const program = parseCode(code, 'commonjs');
  assert.ok(program !== undefined, code);
  let id = 0;
  const input = { code, name: 'test', nextSite: () => ++id, declareBy: 'var' } as const;
  return insertAll(code, instrumentUpdates(program, input).insertions);
}

/** What is put in: the body of an async function without what enters and leaves it, hooks shortened. */
function hooked(body: string, around = ''): string {
  const text = instrument(`${around}async () => {${body};await 0}`);
  return text
    .slice(text.indexOf('=>') + 4, text.lastIndexOf(';void 0,($prof0=await'))
    .replace(/^;var \$prof[^;]*;;var \$profa=\$profu\.enter\(\);/, '')
    .replace(
      /\(\$prof(\d)=await \(\$prof\1=\((.*?)\),\$profu\.current=\$profa\.caller,\$prof\1\).*?,\$prof\1\)/g,
      'await $2',
    )
    .replace(/\$profu\.(\w+?)(Variable|Property)?\(/g, '$1(')
    .replaceAll(',$profa', '')
    .replaceAll('$profu', '?')
    .replace(/\$prof(\d)/g, '$$$1')
    .replace(/\$profl(\d)/g, 'state$1');
}

test('updates transform: what is put in', () => {
  const check = (body: string, want: string): void => assert.equal(hooked(body, 'var x; '), want, body);
  check('f(o.p)', 'f(o.p)'); // nothing is written
  check('o.p = 1', 'void 0,($0=(($1=o).p = 1),write($1,"p",$0,1),$0)');
  check('o.p++', 'void 0,($0=(($1=o).p++),write($1,"p",?,1),$0)');
  check('this[k] = v', 'void 0,($0=(this[$1=(k)] = v),write(this,$1,$0,1),$0)');
  check('x = 1', 'x = 1'); // nobody reads it
  check('x += await f()', 'void 0,(read(state0,?,1),$0=(x += await f()),write(state0,$0,2,[1],[]),$0)');
  check(
    'const old = o.p; o.p = old - await f()',
    'const old = ($0=($1=o).p,read($1,"p",$0,1),$0); void 0,($0=(($1=o).p = old - await f()),write($1,"p",$0,2,[1],[]),$0)',
  );
  check(
    'if (!m.has(k)) m.set(k, await f())',
    'if (!m.has(($0=(k),next(1),$0))) m.set(k, ($0=(await f()),next(2,[],[1]),$0))',
  );
  check(
    'if (o.p) return; o.p = await f()',
    'if (($0=($1=o).p,read($1,"p",$0,1),$0)) return void(?.current=$profa.caller); void 0,($0=(($1=o).p = await f()),write($1,"p",$0,2,[],[1]),$0)',
  );
  check(
    'const { p, q } = o; o.p = p + await f()',
    'const { p, q } = ($0=(o),read($0,"p",?,1),$0); void 0,($0=(($1=o).p = p + await f()),write($1,"p",$0,2,[1],[]),$0)',
  );
  check(
    'o.p ??= await f()',
    'void 0,($1=o,read($1,"p",?,1),$1).p ??= ($0=(await f()),write($1,"p",$0,2,[],[1]),$0)',
  );
});

const unwatched = {
  current: undefined,
  enter: () => ({ caller: undefined }),
  variable: () => ({}),
  readVariable() {},
  writeVariable() {},
  readProperty() {},
  writeProperty() {},
  next() {},
};
Object.assign(globalThis, { $profu: unwatched });

const ownPrograms = [
  'let x = 1; const o = { p: 1, f() { return this === o } }; x = o.p = log(2); return [x, o.p++, o.p, (o.f)(), o.f?.()]',
  'const o = null; try { o.p = log(1) } catch (e) { return e.message.replace(/\\(.*/, "") }',
  'const o = { get p() { return log("get") }, set p(v) { log(v) } }; o.p = 1; o.p += 1; return o.p',
  'const o = {}; o.f = () => {}; o.g ??= function () {}; let h; h ||= () => {}; return [o.f.name, o.g.name, h.name]',
  'const m = new Map(); const f = async () => { if (!m.has(1)) m.set(1, () => {}); await 0 }; f(); return m.get(1).name',
  '(function () {}).p = log(1); (() => {})[log(2)] = 3',
  'const o = { a: { b: [1] } }; o.a.b[log(0)] += log(2); o["a"].b[1] = 3; return o',
];

test('updates transform: programs do what they did', () => {
  for (const program of [...programs, ...ownPrograms]) {
    const code = instrument(program);
    assert.deepEqual(outcome(code), outcome(program), `${program}\n${code}`);
  }
});

const ownAsyncProgram = `let total = 0; const late = async (x) => { await null; return log(x) };
  const o = { n: 1, async add(by) { this.n += await late(by); return this.n }, async fail() { this.n = this.n + (await Promise.reject(4)) } };
  const add = async (n) => { total += await late(n); total = total + (await late(n)); return { total } };
  const m = new Map([[1, 1]]);
  const take = async (k) => { const left = m.get(k); await late(k); m.set(k, left - 1); return m.get(k) };
  return Promise.all([add(1), add(2), o.add(3), take(1), o.fail().catch((e) => [e, o.n])])`;

test('updates transform: async programs do what they did', async () => {
  for (const program of [asyncProgram, ownAsyncProgram]) {
    const code = instrument(program);
    assert.notEqual(code, program);
    assert.deepEqual(await outcomeLater(code), await outcomeLater(program), code);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrument } from '../../../../src/source/transform/instrumented.js';
import { asyncProgram, outcome, outcomeLater, programs } from '../programs.js';

/** A program with hooks, `$prof_view(v)&&v[$prof_mark]!==void 0&&$prof_read(v,i,7)` shortened to `read(v,i)`. */
function hooked(code: string): string {
  const text = instrument(code, 'test', 'module')?.code ?? 'not parsed';
  return text
    .replace(/\$prof_view\(([^)]*)\)&&\1\[\$prof_mark\]!==void 0&&\$prof_(\w+)\(([^()]*),\d+\)/g, '$2($3)')
    .replace(/\$prof_view\(([^)]*)\)&&\1\[\$prof_mark\]!==void 0/g, 'marked($1)')
    .replace(/\(!\(marked\((\w+)\)\)\|\|\$prof_(is\w+)\(\1,([^()]*)\)\)/g, '$2($1,$3)')
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
  check('a[i +\n1]', ';var $0;a[$0=(i +\n1),read(a,$0),$0]'); // every line keeps its number
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
  check(
    'class A { static /* { */ { a[-i] } }',
    'class A { static /* { */ {;var $0; a[$0=(-i),read(a,$0),$0] } }',
  );
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

test('race transform: what an iteration has noted already is done without hooks', () => {
  assert.equal(
    hooked('for (let i = 0; i < n; i++) s += v[i]'),
    ';var $0;$prof_end:for (let i = 0; i < n; i++) {do{s += v[read(v,i),i];$0=false;' +
      "if(marked(v)){$0=typeof s==='number'&&typeof i==='number'&&typeof n==='number'&&$prof_numbers(v);" +
      'if($0){for(;i++,($0=(i < n))&&isRead(v,i);){s += v[i];}if(!$0)break $prof_end}}}while($0)}',
  );
  /** What is asked before the loop that is put in, and the loop. */
  const inner = (code: string): string | undefined => {
    const [, marked, numbers = '', loop] =
      /\$0=false;if\((.*)\)\{\$0=(.*);if\(\$0\)\{(for\(.*\})if\(!\$0\)/s.exec(hooked(code)) ?? [];
    const names = numbers.replace(/typeof (\w+)==='number'/g, '$1').replaceAll('&&', ' ');
    return marked && `${marked}: ${names}: ${loop}`;
  };
  const check = (code: string, want: string | undefined): void => assert.equal(inner(code), want, code);
  check(
    'for (; i !== v.length; i += 2) { v[i] *= 2 }',
    'marked(v): i $prof_numbers(v): for(;i += 2,($0=(i !== v.length))&&isWritten(v,i);){{v[i] *= 2;}}',
  );
  check(
    'let j = 9; for (; i < n; i++, j--) {\n  const d =\n    a[i] - b[j - 1];\n  if (d > 0)\n    s += Math.sqrt(d)\n  s -= 1 }',
    "marked(a)||marked(b): i j s n $prof_math(Math,'sqrt') $prof_numbers(a) $prof_numbers(b): " +
      'for(;i++, j--,($0=(i < n))&&isRead(a,i)&&isRead(b,j - 1);)' +
      '{{const d = a[i] - b[j - 1];;if(d > 0){s += Math.sqrt(d);}else{}s -= 1;}}',
  );
  check(
    'for (; i < n; i++) v[i] = v[i] + v[0]',
    'marked(v): i n $prof_numbers(v): for(;i++,($0=(i < n))&&isWritten(v,i)&&isRead(v,0);){v[i] = v[i] + v[0];}',
  );
  const max =
    'marked(v): i m n $prof_numbers(v): for(;i++,($0=(i < n))&&isRead(v,i);){if(v[i] > m){m = v[i];}else{}}';
  check('for (; i < n; i++) if (v[i] > m) m = v[i]', max);
  check(
    'for (; i < n; i++) { s += v[i] // so that …\n }',
    'marked(v): s i n $prof_numbers(v): for(;i++,($0=(i < n))&&isRead(v,i);){{s += v[i];}}',
  );
});

test('race transform: iterations that always have their hooks', () => {
  const check = (code: string): void => assert.doesNotMatch(hooked(code), /\$prof_end/, code);
  check('for (; i < n; i++) { if (v[i] > m) v[i] = m }'); // may write, or may not
  check('for (; i < n; i++) s += i && v[i]');
  check('for (; i < n; i++) s += f(v[i])'); // may synchronise
  check('for (; i < n; i++) s += o.p[i]'); // a getter may
  check('for (; i < n; i++) { j = i * 2; s += v[j] }'); // which element is not known ahead
  check('for (; i < n; i++) s += v[i++]');
  check('for (; i < n; i++) { v = w; s += v[i] }');
  check('for (; i < n; v = w, i++) s += v[i]');
  check('for (; i < n; i++) { if (v[i] < 0) break }');
  check('for (; i < n;) v[0]++');
  check('for (; i < f(); i++) v[0]++');
  check('for (; i < o.length; i++) v[0]++'); // a getter
  check('for (; i < n; i = f()) v[0]++');
  check('for (; i < n; i++) s +=\n // so that …\n v[i]');
  check("for (; i < n; i++) s += v[i] + '\\u2028'");
  check('for (; i < n; i++) s += 1');
  check('for (using r = x; i < n; i++) v[i] = 1'); // is disposed of
  check('for (; i < n; i++) { using r = x; v[i] = 1 }');
  // To ask whether these are numbers may throw, or to assign to them.
  check('for (; i < n; i++) if (v[i] > 0) k++');
  check('for (; i < n; i++, k++) v[i] = 1');
  check('{ let k = 0 } for (; i < n; i++) if (v[i] > 0) k++');
  check('switch (x) { case 0: let k = 0; break; default: for (; i < n; i++) if (v[i] > 0) k++ }');
  check('const k = 0; for (; i < n; i++) if (v[i] > 0) k++');
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
  assert.deepEqual(place('a[$prof_view'), { line: 2, column: 24 });
  assert.deepEqual(place('const b'), { line: 2, column: 3 });
  assert.deepEqual(place(',0]'), { line: 2, column: 26 }); // of the hook: where it was put in
});

Object.assign(globalThis, {
  $prof: { site: 0, context: 0 },
  $prof_view: ArrayBuffer.isView,
  $prof_mark: Symbol('prof'),
  $prof_new: (made: unknown) => made,
  $prof_buffer: (made: unknown) => made,
});

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
  const code = instrument(asyncProgram, 'test', 'commonjs')?.code ?? '';
  assert.notEqual(code, asyncProgram);
  assert.deepEqual(await outcomeLater(code), await outcomeLater(asyncProgram));
});

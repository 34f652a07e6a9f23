import assert from 'node:assert/strict';
import { Session } from 'node:inspector';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import {
  findFunction,
  findFunctionAt,
  functionsOf,
  type SourceFunction,
} from '../../src/source/functions.js';

/** `line:column rawName → name` for each function but the top level. */
function dump(code: string): string[] {
  const line = ({ startLine, startColumn, rawName, name }: SourceFunction): string =>
    `${startLine}:${startColumn} ${rawName || '-'} → ${name}`;
  return functionsOf(code).slice(1).map(line);
}

function check(code: string, ...want: string[]): void {
  assert.deepEqual(dump(code), want, code);
}

test('functionsOf: functions with a name of their own start at their parameters', () => {
  check('function f(a) {}', '1:11 f → f');
  check('async function* f /* ( */ (a) {}', '1:27 f → f');
  check('(function inner() {})()', '1:16 inner → inner');
  check('function a() {\n  function b() {}\n}', '1:11 a → a', '2:13 b → b'); // nested: its plain name
  check('export default function () {}', '1:25 default → default');
  check('export default async () => {}', '1:16 default → default');
});

test('functionsOf: functions named by their place', () => {
  check('const f = function () {};', '1:20 f → f');
  check('const f = async x => x;', '1:11 f → f'); // an arrow function starts with its first letter
  check('let f; f ??= () => 1;', '1:14 f → f');
  check('const { f = () => 1 } = {};', '1:13 f → f');
  check('const o = { f: () => 1, g() {}, "a b"() {}, 1() {} };', ...objectWant);
  check('const o = { get x() { return 1 }, set x(v) {} };', '1:18 get x → get x', '1:40 set x → set x');
});

const objectWant = ['1:16 f → f', '1:26 g → g', '1:38 a b → a b', '1:46 1 → 1'];

test('functionsOf: names that V8 makes up are taken from it', () => {
  check('exports.handler = () => 1;', '1:19 exports.handler → exports.handler');
  check('A.prototype.m = function () {};', '1:26 A.m → A.m');
  check('const o = { [k]() {} };', '1:16 o → o');
  check('a.b = c.d = () => 1;', '1:13 a.b.c.d → a.b.c.d');
  check('const x = o.y = () => 1;', '1:17 o.y → o.y');
  check('o[1] = () => 1; o["a-b"] = () => 1;', '1:8 o.<computed> → o.<computed>', '1:28 o.a-b → o.a-b');
  check('function Box() { this.x = () => 1; }', '1:13 Box → Box', '1:27 Box.x → Box.x');
  check('const f = [() => 1], g = a ? () => 1 : 0;', '1:12 f → f', '1:30 g → g');
});

test('functionsOf: class members carry their class', () => {
  check('class R { match(s) {} }', '1:1 R → R', '1:16 match → R.match'); // without a constructor V8 adds one
  check('class R { constructor() {} }', '1:22 R → R');
  check('class R { constructor() {} static of() {} }', '1:22 R → R', '1:37 of → R.of');
  check('class R { constructor() {} get size() {} }', '1:22 R → R', '1:36 get size → get R.size');
  check('class R { constructor() {} #x() {} }', '1:22 R → R', '1:30 #x → R.#x');
  check('class R { constructor() {} [Symbol.iterator]() {} }', '1:22 R → R', '1:45 - → R.[Symbol.iterator]');
  check('class R { constructor() {} [a + b]() {} }', '1:22 R → R', '1:35 - → R.<anonymous:1>');
  check('const Q = class R { m() {} }', '1:11 R → R', '1:22 m → R.m');
  check('const R = class { m() {} }', '1:11 R → R', '1:20 m → R.m');
  check('exports.R = class { m() {} }', '1:13 exports.R → exports.R', '1:22 m → exports.R.m');
  check('use(class { m() {} })', '1:5 - → (anonymous:1)', '1:14 m → (anonymous:1).m');
});

test('functionsOf: class fields and what runs them', () => {
  check(
    'class R {\n  constructor() {}\n  a = () => 1;\n  static b = function () {};\n  c = use(() => 1);\n}',
    '2:14 R → R',
    '3:3 R → R.<instance_members_initializer>',
    '3:7 a → R.a',
    '4:3 R → R.<static_initializer>',
    '4:23 b → R.b',
    '5:11 - → R.<anonymous:5>',
  );
});

test('functionsOf: an anonymous function gets its place', () => {
  check('use(() => 1);', '1:5 - → (anonymous:1)');
  check('function f() {\n  use(() => 1);\n}', '1:11 f → f', '2:7 - → f.<anonymous:2>');
  check('function f() {\n  use(() =>\n    () => 1);\n}', ...nestedWant);
  check('use(() => 1, () => 2);', '1:5 - → (anonymous:1)', '1:14 - → (anonymous:1:14)'); // two on one line
  check('class R { constructor() {} m() { use(() => 1); } }', ...inMethodWant);
});

const nestedWant = ['1:11 f → f', '2:7 - → f.<anonymous:2>', '3:5 - → f.<anonymous:3>'];
const inMethodWant = ['1:22 R → R', '1:29 m → R.m', '1:38 - → R.m.<anonymous:1>'];

test('functionsOf: texts of all kinds', () => {
  check('#!/usr/bin/env node\nfunction f() {}', '2:11 f → f');
  check('await 1;\nconst f = () => 1;', '2:11 f → f');
  check('if (a) return;\nfunction f() {}', '2:11 f → f');
  check('with (a) { function f() {} }', '1:22 f → f'); // sloppy mode
  check('a\r\nfunction f() {}\rfunction g() {}', '2:11 f → f', '3:11 g → g');
  check('const f         = (a        )         => 1;', '1:19 f → f'); // types blanked out
  assert.deepEqual(functionsOf('function ('), []);
  assert.deepEqual(functionsOf(`${'('.repeat(100_000)}1${')'.repeat(100_000)}`), []);
  assert.equal(functionsOf('')[0]?.name, '(module)');
});

test('functionsOf: returns for every text', () => {
  const word = fc.constantFrom(
    'class A',
    '{',
    '}',
    '(',
    ')',
    '=>',
    'function',
    'f',
    '=',
    'get x',
    ';',
    '[',
    ']',
    '\n',
  );
  fc.assert(fc.property(fc.array(word), (words) => void functionsOf(words.join(' '))));
});

test('findFunction: the innermost of that name around a line', () => {
  const table = functionsOf(
    'function f() {\n  function f() {\n    use(() => 1);\n  }\n}\n\nuse(() =>\n  2);',
  );
  const at = (name: string, line: number): string => {
    const found = findFunction(table, { name, line });
    return found === undefined ? 'none' : `${found.name} ${found.startLine}-${found.endLine}`;
  };
  assert.equal(at('f', 1), 'f 1-5');
  assert.equal(at('f', 3), 'f 2-4');
  assert.equal(at('', 3), 'f.<anonymous:3> 3-3');
  assert.equal(at('', 8), '(anonymous:7) 7-8');
  assert.equal(at('', 6), '(module) 1-8');
  assert.equal(at('g', 1), 'none');
  assert.equal(at('f', 9), 'none');
});

// Every function allocates, so that a heap sampler that misses nothing sees them all.
const sample = `const sink = [];
const use = () => { sink.push({ at: [sink.length] }); };
function plain() { use(); }
async function later() { use(); }
const expression = function () { use(); };
const arrow = async x => { use(); };
const object = { method() { use(); }, get getter() { use(); return 1; }, value: () => { use(); } };
object.member = function () { use(); };
class Router {
  constructor() { use(); this.own = () => { use(); }; }
  match() { use(); [1].map((x) => { use(); return x; }); }
  static make() { use(); return new Router(); }
  get size() { use(); return 1; }
  #hidden() { use(); }
  field = () => { use(); };
  list = [use()];
  static shared = [use()];
  all() { this.#hidden(); this.field(); this.own(); this.match(); return this.size; }
}
class Derived extends Router { list2 = [use()]; }
const Made = class { [Symbol.iterator]() { use(); } };
plain(); later(); expression(); arrow(); object.method(); object.getter; object.value(); object.member();
Router.make().all(); new Derived(); new Made()[Symbol.iterator]();
(function () { use(); })();
`;

interface HeapNode {
  readonly callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  readonly children: readonly HeapNode[];
}

/** The functions of `sample` as V8's heap sampler names and places them; 1-based. */
function profiledFrames(): { name: string; line: number; column: number }[] {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startSampling', { samplingInterval: 1 });
  runInThisContext(sample, { filename: 'sample.js' });
  const frames: { name: string; line: number; column: number }[] = [];
  const walk = ({ callFrame, children }: HeapNode): void => {
    const { functionName: name, url, lineNumber, columnNumber } = callFrame;
    if (url === 'sample.js') frames.push({ name, line: lineNumber + 1, column: columnNumber + 1 });
    children.forEach(walk);
  };
  session.post('HeapProfiler.stopSampling', (_, { profile }) => walk(profile.head));
  session.disconnect();
  return frames;
}

test("findFunctionAt: finds every function at V8's own place", () => {
  const table = functionsOf(sample);
  const seen = new Set<string>();
  for (const frame of profiledFrames()) {
    const found = findFunctionAt(table, frame);
    assert.ok(found, `${frame.line}:${frame.column} ${frame.name}`);
    seen.add(found.name);
  }
  const unseen = table.filter(({ name }) => !seen.has(name) && !name.endsWith('_initializer>'));
  assert.deepEqual(
    unseen.map(({ name }) => name),
    ['Made'], // a constructor that allocates nothing itself
  );
});

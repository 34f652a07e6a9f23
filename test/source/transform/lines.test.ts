import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { insertAll } from '../../../src/source/transform/insertions.js';
import { linesName } from '../../../src/source/transform/line-slot.js';
import { lineInsertions } from '../../../src/source/transform/lines.js';
import { type CodeKind, parseCode } from '../../../src/source/transform/parse-code.js';
import { withoutMarks } from './without-marks.js';

function marked(code: string, kind?: CodeKind): string {
  const program = parseCode(code, kind);
  assert.ok(program !== undefined, code);
  return insertAll(code, lineInsertions(program, code));
}

/** Lines of code with marks as `@line`: `@2;` before a statement, `(@2,x)` in an expression, `@2(x)` around one. */
function short(code: string): string {
  return marked(code)
    .replaceAll(`${linesName}[`, '@')
    .replaceAll(/@(\d+)\]\(\)/g, '@$1')
    .replaceAll(/@(\d+)\]/g, '@$1');
}

function check(code: string, want: string): void {
  assert.equal(short(code), want);
}

test('lineInsertions: statements', () => {
  check('f();\ng();', '@1;f();\n@2;g();');
  check('f(); g();', '@1;f(); g();'); // a line is marked once
  check('f()\n;[1].map(g)', '@1;f()\n;@2;[1].map(g)'); // semicolons left out
  check('"use strict"\nf()', '"use strict"\n@2;f()'); // a directive stays first
  check('#!/bin/x\nf()', '#!/bin/x\n@2;f()');
  check('let a\na = 1\na++', 'let a\na = 1\na++'); // nothing that allocates
  check('const a = f(),\n  b = g();', '@1;const a = f(),\n  b = (@2,g());');
  check('const a = () => 1,\n  b = class {};', '@1;const a = () => 1,\n  b = class {};'); // names stay
  check('const {\n  a = f()\n} = g();', '@1;const {\n  a = f()\n} = (@3,g());');
  check('export default f();', '@1;export default f();');
  check('export default () => {};', '@1;export default () => {};');
  check('export const a = f();', '@1;export const a = f();');
  check('import a from "a";\nexport * from "b";', 'import a from "a";\nexport * from "b";');
  check('throw f(\n);', '@1;throw f(\n);');
  check('with (a) {\n  f();\n}', '@1;with (a) {\n  f();\n}'); // the global's name may mean something else
});

test('lineInsertions: statements that stand alone get braces', () => {
  check('if (a)\n  f()\nelse\n  g()', '@1;if (a)\n  {@2;f()}\nelse\n  {@4;g()}');
  check('if (a) f();\nelse g();', '@1;if (a) f();\nelse {@2;g();}');
  check('if (a) {}\nelse if (f()) {}', '@1;if (a) {}\nelse if ((@2,f())) {}');
  check('if (a)\n  function f() {}', '@1;if (a)\n  function f() {}');
  check('a:\n  f();', '@2;a:\n  f();'); // a label stays with its statement
  check('a: {\n  f();\n  break a;\n}', '@1;a: {\n  @2;f();\n  break a;\n}');
});

test('lineInsertions: the head of a loop is marked again for what it allocates', () => {
  check('for (;;) f();', '@1;for (;;) f();');
  check('for (let i = 0; i < n; i++)\n  f(i);', '@1;for (let i = 0; i < n; i++)\n  {@2;f(i);}');
  check(
    'for (a = f(); g(a); a = h(a)) {\n  f();\n}',
    '@1;for (a = f(); (@1,g(a)); (@1,a = h(a))) {\n  @2;f();\n}',
  );
  check('while (f())\n  g()', '@1;while ((@1,f()))\n  {@2;g()}');
  check('do\n  f()\nwhile (g())', 'do\n  {@2;f()}\nwhile ((@3,g()))');
  check('for (const a of b) f(a);', '@1;for (const a of b) f(a);');
  check('for (const a of b)\n  f(a)', '@1;for (const a of b)\n  {@2;f(a);@1;}');
  check('for (const a in b) {\n  f(a)\n}', '@1;for (const a in b) {\n  @2;f(a)\n}');
  check(
    'for (const a of b) {\n  if (f())\n    continue;\n  g();\n}',
    '@1;for (const a of b) {\n  @2;if (f())\n    {@1;continue;}\n  @4;g();\n;@1;}',
  );
  check(
    'x: for (const a of b)\n  for (const c of a) {\n    f();\n    continue x;\n}',
    '@1;x: for (const a of b)\n  {@2;for (const c of a) {\n    @3;f();\n    @1;continue x;\n};@1;}',
  );
  check(
    'for (let i = 0; i < n; i++) {\n  f(() => i);\n}', // a new `i` for each turn
    '@1;for (let i = 0; i < n; i++) {\n  @2;f(() => i);\n;@1;}',
  );
});

test('lineInsertions: other ways through a function', () => {
  check(
    'switch (f()) {\n  case g():\n    f();\n    break;\n  default: g()\n}',
    '@1;switch (f()) {\n  case (@2,g()):\n    @3;f();\n    break;\n  default: @5;g()\n}',
  );
  check(
    'try {\n  f();\n} catch {\n  g();\n} finally {\n  h();\n}',
    '@1;try {\n  @2;f();\n} catch {\n  @4;g();\n} finally {\n  @6;h();\n}',
  );
  check('f(function () {\n  return {};\n});', '@1;f(function () {\n  @2;return {};\n});');
  check('f(() => ({}));', '@1;f(() => ({}));'); // a function on one line starts on it
  check('f(() =>\n  ({}),\n);', '@1;f(() =>\n  ((@2,{})),\n);');
  check('function f(a = {\n}) {\n}', 'function f(a = {\n}) {\n}'); // parameters: where the function starts
  check(
    'class A extends f() {\n  m() {\n    g();\n  }\n}',
    '@1;class A extends f() {\n  m() {\n    @3;g();\n  }\n}',
  );
  check(
    'class A {\n  a = f();\n  b = () => {};\n  static {\n    g();\n  }\n}',
    '@1;class A {\n  a = (@2,f());\n  b = () => {};\n  static {\n    @5;g();\n  }\n}',
  );
});

test('lineInsertions: a template literal over several lines', () => {
  // In square brackets what has curly ones.
  const braced = (text: string): string =>
    text.replaceAll(/\$\[(.*?)\](?=\n|`)/g, (_, inner) => `$\{${inner}}`);
  const check = (code: string, want: string): void => assert.equal(short(braced(code)), braced(want));
  check('a = `$[b]\n$[f()]\n$[c]`;', '@1;a = `$[b]\n$[(@2,f())]\n$[c]`;');
  check('f`\n$[g()]`;', '@1;f`\n$[(@2,g())]`;');
});

test('lineInsertions: an expression over several lines', () => {
  check('f(\n  {},\n  [a],\n);', '@1;f(\n  (@2,{}),\n  @1((@3,[a])),\n);'); // the call itself is on line 1
  check('f(\n  {},\n  a,\n);', '@1;f(\n  (@2,{}),\n  (@1,a),\n);');
  check('f(\n  a,\n  b,\n);', '@1;f(\n  a,\n  b,\n);'); // nothing has been left
  check('f(\n  {},\n  a + b,\n);', '@1;f(\n  (@2,{}),\n  (@3,a + b),\n);'); // maybe a number, never handed on
  check('a\n  .map(f)\n  .filter((x) => x)', '@1;a\n  .map((@2,f))\n  .filter((@3,(x) => x))');
  check('new A(\n  {},\n);', '@1;new A(\n  @1((@2,{})),\n);');
  check('a?.b(\n  {},\n);', '@1;a?.b(\n  @1((@2,{})),\n);');
  check('f(\n  ...[a],\n);', '@1;f(\n  ...@1((@2,[a])),\n);');
  check(
    'a = {\n  b: [c],\n  d: [1],\n  e: () => 1,\n};',
    '@1;a = {\n  b: (@2,[c]),\n  d: [1],\n  e: () => 1,\n};',
  );
  check('a = [\n  [b],\n  {},\n];', '@1;a = [\n  (@2,[b]),\n  {},\n];'); // constants are made with what they are in
  check('a = b\n  ? [c]\n  : {};', '@1;a = b\n  ? (@2,[c])\n  : (@3,{});');
  check('a = b ||\n  [c];', '@1;a = b ||\n  (@2,[c]);');
  check("a = b +\n  c +\n  'd';", "@1;a = b +\n  (@2,c) +\n  'd';");
  check('return_ = (\n  f()\n);', '@1;return_ = (\n  (@2,f())\n);');
  check('delete a[\n f()];', '@1;delete a[\n f()];');
});

test('lineInsertions: a function that goes on after an await says so', () => {
  check(
    'async function f() {\n  await g();\n  h();\n}',
    'async function f() {\n  @2;await g();\n  @3;h();\n}',
  );
  check(
    'async function f() {\n  const a = await g();\n}',
    'async function f() {\n  @2;const a = await g();\n}',
  );
  check('async function f() {\n  h(await g());\n}', 'async function f() {\n  @2;h(@2(await g()));\n}');
  check(
    'async function f() {\n  return await g();\n}',
    'async function f() {\n  @2;return @2(await g());\n}',
  );
  check('function* f() {\n  h(yield);\n}', 'function* f() {\n  @2;h(@2(yield));\n}');
  check('async () => h(await g());', '@1;async () => h(await g());'); // all of it is on one line
  check(
    'async function f() {\n  for await (const a of b)\n    g();\n}',
    'async function f() {\n  @2;for await (const a of b)\n    {@3;g();;@2;}\n}',
  );
});

/** All JavaScript files below a folder. */
function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

test('lineInsertions: what remains without marks is the program', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folders = [
    'dist/bench',
    'dist/threads',
    'node_modules/acorn',
    'node_modules/commander',
    'node_modules/tinybench',
  ];
  const files = folders.flatMap((folder) => scriptsIn(join(root, folder)));
  assert.ok(files.length > 50);
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    const program = parseCode(code, undefined);
    if (program === undefined) continue;
    const out = marked(code, program.sourceType);
    assert.equal(out.split('\n').length, code.split('\n').length, file);
    const again = parseCode(out, program.sourceType);
    assert.ok(again !== undefined, `${file} can no longer be read`);
    assert.ok(withoutMarks(again) === withoutMarks(program), `${file}: differs without marks`);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallTable } from '../../src/source/call-table.js';
import { parseCode } from '../../src/source/transform/parse-code.js';

function tableOf(code: string): CallTable {
  const program = parseCode(code, 'module');
  assert.ok(program !== undefined, code);
  return new CallTable(program, code);
}

/** `line:column` of the calls that only a frame of their own can tell apart. */
function ambiguous(code: string): string[] {
  return [...tableOf(code).ambiguous].map(({ line, column }) => `${line}:${column}`);
}

test('CallTable: calls are ambiguous where several lines of a function may call the same', () => {
  const check = (code: string, ...want: string[]): void => assert.deepEqual(ambiguous(code), want, code);
  check('import {f} from "x"; f(1); f(2);'); // one line
  check('import {f, g} from "x";\nf(1);\ng(2);');
  check('import {f} from "x";\nf(1);\nf(2);', '2:1', '3:1');
  check('import {f} from "x";\nf(1);\nfunction g() { f(2); }'); // of two functions
  check('o.m(1);\np.m(2);', '1:3', '2:3'); // methods of one name
  check('o.m(1);\np.n(2);');
  check('o\n  .m(1)\n  .m(2);', '3:4', '2:4');
  check('function f(g, h) {\n  g(1);\n  h(2);\n}', '2:3', '3:3'); // what parameters hold may be the same
  check('o[k](1);\nf(a)(b);', '1:5', '2:5', '2:1');
  check('a.push(1);\nb.push(2);'); // the language's, which have no frame
  check('class A { push() {} }\na.push(1);\nb.push(2);', '2:3', '3:3'); // or not
  check('Math.max(1, 2);\nMath.max(3, 4);\nString(1);\nString(2)');
  check('const f = () => 1;\na.map(f);\nb.map(f);', '2:3', '3:3'); // that call what they are handed
  check('new C(1);\nnew C(2);', '1:1', '2:1');
  check('tag`a`;\ntag`b`;', '1:1', '2:1');
  check('f.call(a);\nf.apply(b);', '1:3', '2:3');
});

test('CallTable: the line of a call, where the text tells it', () => {
  const code = `import { f } from 'x';
class A extends B {
  #n() {}
  constructor() {
    super(1);
    this.#n();
  }
}
function run(list, cb) {
  f(1);
  list.forEach((each) => {
    f(each);
  });
  list.sort(byName);
  cb(list);
  new A();
  return \`\${list}\`;
}
const byName = (a, b) => 0;
function once(list) {
  return list.one()
    .then(f);
}
`;
  const table = tableOf(code);
  const check = (from: string, called: string, want: number | undefined): void => {
    const [name = '', place] = called.split('@');
    const [line = 0, column = 0] = (place ?? '').split(':').map(Number);
    const owner = table.functions.find((each) => each.name === from);
    assert.ok(owner !== undefined, from);
    const start = place === undefined ? undefined : { line, column };
    assert.equal(
      table.lineOfCall(owner, { name, start }, () => false),
      want,
      `${from} ${called}`,
    );
  };
  check('run', 'f', 10);
  check('run', '@11:16', 11); // a function in the call
  check('run', 'byName@19:16', 14);
  check('run', 'A@2:1', 16);
  check('run', 'other', 15); // what the parameter holds
  check('run.<anonymous:11>', 'f', 12);
  check('run.<anonymous:11>', 'other', 12); // it calls nothing else
  check('A', 'B', 5);
  check('A', '#n@3:5', 6);
  check('A', 'Base', 5); // whatever B's own name is
  check('once', 'f', 22);
  check('once', 'one', 21);
  check('once', 'other', undefined); // the text leaves it open
  check('byName', 'valueOf', undefined); // no call at all
});

test('CallTable: the function around a place', () => {
  const table = tableOf('function f() {\n  return () => 1;\n}\nf();');
  const check = (line: number, column: number, want: string): void =>
    assert.equal(table.functionAround({ line, column })?.name, want);
  check(1, 1, '(module)');
  check(1, 11, 'f');
  check(2, 16, 'f.<anonymous:2>');
  check(3, 1, 'f');
  check(4, 1, '(module)');
});

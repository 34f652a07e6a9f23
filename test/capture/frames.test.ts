import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FrameNamer } from '../../src/capture/frames.js';
import { tempFolder } from '../temp-folder.js';

const code = `class Router {
  match(path) {
    return [path].map((p) => p);
  }
}
interface Unused { x: number }
export function hi(x: number) {
  return x;
}
`;

test('FrameNamer: paths for URLs, names that tell functions apart', (t) => {
  const file = join(tempFolder(t, { 'a b%20ü#?.ts': code }), 'a b%20ü#?.ts');
  const namer = new FrameNamer();
  const check = (url: string): void => {
    const cpu = (name: string, line: number, start?: { line: number; column: number }): unknown =>
      namer.cpuFrame({ name, url, line, start });
    assert.deepEqual(cpu('match', 3), { name: 'Router.match', file, line: 3, startLine: 2 });
    assert.deepEqual(cpu('', 3), { name: 'Router.match.<anonymous:3>', file, line: 3, startLine: 3 });
    assert.deepEqual(cpu('hi', 8), { name: 'hi', file, line: 8, startLine: 7 });
    assert.deepEqual(cpu('match', 3, { line: 2, column: 8 }), {
      name: 'Router.match',
      file,
      line: 3,
      startLine: 2,
    });
    const frame = { functionName: 'match', scriptId: '1', url, lineNumber: 1, columnNumber: 7 };
    assert.deepEqual(namer.heapFrame(frame), { name: 'Router.match', file, line: 2, startLine: 2 });
  };
  check(pathToFileURL(file).href); // as modules are called
  check(file); // as CommonJS files are called
});

test("FrameNamer: a module's query is no part of its path", (t) => {
  const file = join(tempFolder(t, { 'a.js': 'function f() {}' }), 'a.js');
  const frame = new FrameNamer().cpuFrame({
    name: 'f',
    url: `${pathToFileURL(file).href}?v=1`,
    line: 1,
    start: undefined,
  });
  assert.deepEqual(frame, { name: 'f', file, line: 1, startLine: 1 });
});

test("FrameNamer: where there is no source V8's own words stay", () => {
  const namer = new FrameNamer();
  const check = (name: string, url: string, want: string): void => {
    const frame = namer.cpuFrame({ name, url, line: url === '' ? 0 : 7, start: undefined });
    assert.equal(`${frame.name} ${frame.file} ${frame.startLine}`, want);
  };
  check('(garbage collector)', '', '(garbage collector)  0');
  check('readFileSync', 'node:fs', 'readFileSync node:fs 0');
  check('gone', 'file:///no/such/file.js', 'gone /no/such/file.js 0');
  check('', '/no/such/file.js', '(anonymous:7) /no/such/file.js 0');
  check('', '', '(anonymous)  0');
  check('f', 'file://host/a%2Fb.js', 'f file://host/a%2Fb.js 0'); // a script may call itself so
  check('f', 'evalmachine.<anonymous>', 'f evalmachine.<anonymous> 0');
});

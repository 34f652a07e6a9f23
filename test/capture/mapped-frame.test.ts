import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type BuildOptions, buildSync } from 'esbuild';
import { FrameNamer } from '../../src/capture/frames.js';
import { LineIndex } from '../../src/source/line-index.js';
import { tempFolder } from '../temp-folder.js';

const router = `interface Route { path: string }

export class Router {
  #routes: Route[] = [];

  add(path: string): void {
    this.#routes.push({ path });
  }

  match(path: string): Route | undefined {
    return this.#routes.find((route) => path.startsWith(route.path));
  }
}
`;
const main = `import { Router } from './router.js';

export function handle(path: string): number {
  const router = new Router();
  router.add('/hi');
  return router.match(path) === undefined ? 404 : 200;
}
`;

function built(t: TestContext, options: BuildOptions): { folder: string; file: string; code: string } {
  const folder = tempFolder(t, { 'src/router.ts': router, 'src/main.ts': main });
  const file = join(folder, 'dist/out.js');
  buildSync({
    entryPoints: [join(folder, 'src/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile: file,
    absWorkingDir: folder,
    ...options,
  });
  return { folder, file, code: readFileSync(file, 'utf8') };
}

/** Frames of the functions that hold each of these texts, as a profiler that knows starts gives them. */
function frames(t: TestContext, options: BuildOptions, texts: readonly string[]): string[] {
  const { folder, file, code } = built(t, options);
  const lines = new LineIndex(code);
  const namer = new FrameNamer();
  const named = texts.map((text) => {
    const at = code.indexOf(text);
    assert.ok(at >= 0, `${text} is not in\n${code}`);
    const start = lines.position(at + text.indexOf('('));
    return namer.cpuFrame({ name: 'x', url: file, line: start.line, start });
  });
  assert.deepEqual(namer.problems, []);
  return named.map((frame) => `${frame.name} ${relative(folder, frame.file)}:${frame.startLine}`);
}

test('FrameNamer: functions of a bundle in their original files', (t) => {
  const want = [
    'handle src/main.ts:3',
    'Router.add src/router.ts:6',
    'Router.match.<anonymous:11> src/router.ts:11',
  ];
  const texts = ['handle(path) {', 'add(path) {', '(route) =>'];
  assert.deepEqual(frames(t, { sourcemap: 'linked' }, texts), want);
  assert.deepEqual(frames(t, { sourcemap: 'inline' }, texts), want);
  assert.deepEqual(frames(t, { sourcemap: 'linked', sourcesContent: false }, texts), want);
});

test('FrameNamer: functions of a minified bundle by their original names', (t) => {
  const { code } = built(t, { minify: true, sourcemap: 'linked' });
  const texts = [/function \w+\(/, /add\(/, /match\(/].map((pattern) => pattern.exec(code)?.[0] ?? '?');
  assert.deepEqual(frames(t, { minify: true, sourcemap: 'linked' }, texts), [
    'handle src/main.ts:3',
    'Router.add src/router.ts:6',
    'Router.match src/router.ts:10',
  ]);
});

test('FrameNamer: lines of a bundle', (t) => {
  const check = (options: BuildOptions, text: string, want: string): void => {
    const { folder, file, code } = built(t, { sourcemap: 'linked', ...options });
    const line = new LineIndex(code).position(code.indexOf(text)).line;
    const name = /function (\w+)\(/.exec(code)?.[1] ?? '';
    const frame = new FrameNamer().cpuFrame({ name, url: file, line, start: undefined });
    assert.equal(`${frame.name} ${relative(folder, frame.file)}:${frame.line}`, want);
  };
  check({}, 'router.add(', 'handle src/main.ts:5');
  check({ minify: true }, '.add("/hi")', 'handle src/main.ts:3'); // one line has all: where the function starts
});

test('FrameNamer: of a minified bundle the line is known where the column is', (t) => {
  const { folder, file, code } = built(t, { minify: true, sourcemap: 'linked' });
  const check = (text: string, want: string): void => {
    const place = new LineIndex(code).position(code.indexOf(text));
    const frame = new FrameNamer().cpuFrame({ name: '', url: file, ...place, start: undefined });
    assert.equal(`${frame.name} ${relative(folder, frame.file)}:${frame.line}`, want);
  };
  check('add("/hi")', 'handle src/main.ts:5');
  check('push(', 'Router.add src/router.ts:7');
  check('startsWith(', 'Router.match.<anonymous:11> src/router.ts:11');
});

test('FrameNamer: a map that cannot be used leaves the generated file', (t) => {
  const check = (comment: string, problem: RegExp | undefined, files: Record<string, string> = {}): void => {
    const folder = tempFolder(t, {
      'a.js': `function f() {\n  g();\n}\n//# sourceMappingURL=${comment}\n`,
      ...files,
    });
    const file = join(folder, 'a.js');
    const namer = new FrameNamer();
    const frame = namer.cpuFrame({ name: 'f', url: file, line: 2, start: undefined });
    assert.deepEqual(frame, { name: 'f', file, line: 2, startLine: 1 });
    if (problem === undefined) assert.deepEqual(namer.problems, []);
    else assert.match(namer.problems.join('\n'), problem);
  };
  check('a.js.map', /a\.js: its source map a\.js\.map cannot be read$/);
  check('https://example.com/a.js.map', /cannot be read$/);
  check('a.js.map', /a\.js\.map is no source map$/, { 'a.js.map': '{"version":3' });
  check('data:application/json;base64,e30=', /a\.js: its inline source map is no source map$/);
  const empty = '{"version":3,"sources":[],"names":[],"mappings":""}';
  check('a.js.map', undefined, { 'a.js.map': empty }); // without mappings
});

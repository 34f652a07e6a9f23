import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Finished, runNode } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

type Files = Readonly<Record<string, string>>;

/** Runs `main` in a folder that holds `files`. */
function runIn(t: TestContext, files: Files, main: string): Promise<Finished> {
  return runNode([main], { cwd: tempFolder(t, files) });
}

/** Checks what `main` prints. */
async function check(t: TestContext, files: Files, main: string, want: string): Promise<void> {
  const { status, stdout, stderr } = await runIn(t, files, main);
  assert.equal(stderr, '');
  assert.equal(stdout.trim(), want);
  assert.equal(status, 0);
}

const module = '{"type": "module"}';
const typed = 'export const x: number = 1;\nexport const kind: string = typeof require;\n';
const printTyped = "import { kind, x } from './x.js';\nconsole.log(x as number, kind);\n";

test('load: a TypeScript module', async (t) => {
  await check(t, { 'package.json': module, 'main.ts': printTyped, 'x.ts': typed }, 'main.ts', '1 undefined');
  await check(
    t,
    { 'main.mts': printTyped.replace('x.js', 'x.mjs'), 'x.mts': typed },
    'main.mts',
    '1 undefined',
  );
});

test('load: ./x.js means x.ts only where there is no x.js', async (t) => {
  const files = { 'package.json': module, 'x.ts': typed, 'x.js': "export const x = 2, kind = 'js';" };
  await check(t, { ...files, 'main.ts': printTyped }, 'main.ts', '2 js');
});

test('load: JavaScript imports TypeScript, by its own name as well', async (t) => {
  const files = { 'package.json': module, 'x.ts': typed };
  await check(t, { ...files, 'main.js': "import { x } from './x.ts'; console.log(x);" }, 'main.js', '1');
  await check(t, { ...files, 'main.js': "import { x } from './x.js'; console.log(x);" }, 'main.js', '1');
  await check(t, { ...files, 'main.mjs': "console.log((await import('./x.js')).x);" }, 'main.mjs', '1');
});

test('load: a query makes a second instance', async (t) => {
  const main =
    "const [a, b] = await Promise.all([import('./x.ts?1'), import('./x.ts?2')]); console.log(a.x, a === b);";
  await check(t, { 'package.json': module, 'x.ts': typed, 'main.mjs': main }, 'main.mjs', '1 false');
});

test('load: require', async (t) => {
  const cjs = 'const y: number = 3;\nmodule.exports = { y, file: __filename.length > 0 };\n';
  const print = (path: string): string => `const { y, file } = require('${path}');\nconsole.log(y, file);\n`;
  await check(t, { 'x.cts': cjs, 'main.cjs': print('./x.cts') }, 'main.cjs', '3 true');
  await check(t, { 'x.ts': cjs, 'main.js': print('./x.ts') }, 'main.js', '3 true');
  await check(t, { 'x.ts': cjs, 'main.js': print('./x') }, 'main.js', '3 true');
  await check(t, { 'x.ts': cjs, 'main.js': print('./x.js') }, 'main.js', '3 true');
  await check(t, { 'x.cts': cjs, 'main.cts': print('./x.cjs') }, 'main.cts', '3 true');
  await check(t, { 'x/index.ts': cjs, 'main.js': print('./x') }, 'main.js', '3 true');
  const created =
    "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";
  await check(t, { 'x.cts': cjs, 'main.mts': created + print('./x.cjs') }, 'main.mts', '3 true');
  const fromModule = `import { createRequire } from 'node:module';\nimport './a.cjs';\n`;
  await check(t, { 'x.cts': cjs, 'a.cjs': print('./x.cts'), 'main.mts': fromModule }, 'main.mts', '3 true');
});

test('load: import of CommonJS', async (t) => {
  const files = {
    'x.cts': 'exports.y = 3 as number;\n',
    'main.mts': "import x from './x.cjs'; console.log(x.y);\n",
  };
  await check(t, files, 'main.mts', '3');
});

test('load: without a package type, or with commonjs, the syntax decides', async (t) => {
  for (const manifest of ['{}', '{"type": "commonjs"}']) await checkSyntaxDecides(t, manifest);
});

async function checkSyntaxDecides(t: TestContext, manifest: string): Promise<void> {
  const files = { 'package.json': manifest, 'x.ts': typed };
  await check(t, { ...files, 'main.ts': printTyped }, 'main.ts', '1 undefined');
  await check(
    t,
    { ...files, 'main.ts': 'const x: string = typeof require; console.log(x);' },
    'main.ts',
    'function',
  );
  await check(
    t,
    { ...files, 'main.ts': 'const x: number = await Promise.resolve(4); console.log(x);' },
    'main.ts',
    '4',
  );
}

test('load: worker threads', async (t) => {
  const files = {
    'package.json': module,
    'x.ts': typed,
    'worker.ts':
      "import { parentPort } from 'node:worker_threads';\nimport { x } from './x.js';\nparentPort?.postMessage(x);\n",
  };
  const main = (options: string): string =>
    `import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('./worker.ts', import.meta.url), ${options});
worker.on('message', (x: number) => console.log(x));\n`;
  await check(t, { ...files, 'main.ts': main('{}') }, 'main.ts', '1');
  await check(t, { ...files, 'main.ts': main('{ execArgv: [] }') }, 'main.ts', '1');
  const code = "import('./x.ts').then(({ x }) => require('node:worker_threads').parentPort.postMessage(x))";
  const evaluated = main('').replace(
    "new URL('./worker.ts', import.meta.url), ",
    `${JSON.stringify(code)}, { eval: true }`,
  );
  await check(t, { ...files, 'main.ts': evaluated }, 'main.ts', '1');
});

test('load: require in a worker without execArgv', async (t) => {
  const files = {
    'x.cts': 'exports.y = 3 as number;\n',
    'worker.cts':
      "const { y } = require('./x.cjs');\nrequire('node:worker_threads').parentPort.postMessage(y);\n",
    'main.cts': `const { Worker } = require('node:worker_threads');
new Worker(require('node:path').join(__dirname, 'worker.cts'), { execArgv: [] }).on('message', console.log);\n`,
  };
  await check(t, files, 'main.cts', '3');
});

test('load: under node_modules', async (t) => {
  const files = {
    'package.json': module,
    'node_modules/lib/package.json': '{"type": "module", "exports": "./x.ts"}',
    'node_modules/lib/x.ts': typed,
    'node_modules/old/index.ts': 'exports.y = 3 as number;\n',
    'node_modules/old/package.json': '{"main": "./index.ts"}',
  };
  const main = "import { x } from 'lib';\nimport old from 'old';\nconsole.log(x as number, old.y);\n";
  await check(t, { ...files, 'main.ts': main }, 'main.ts', '1 3');
  await check(t, { ...files, 'main.cjs': "console.log(require('old').y);\n" }, 'main.cjs', '3');
  await check(
    t,
    { ...files, 'node_modules/lib/main.ts': "import './x.js'; console.log('ran');" },
    'node_modules/lib/main.ts',
    'ran',
  );
});

test('load: prof-toolkit from anywhere', async (t) => {
  const files = {
    'main.mts':
      "import { Recorder } from 'prof-toolkit/httptest'; console.log(new Recorder().statusCode as number);",
  };
  await check(t, files, 'main.mts', '200');
});

test('load: what cannot be run by leaving types out is an error with its place', async (t) => {
  const wrong = async (line: string, message: RegExp): Promise<void> => {
    const { status, stderr } = await runIn(t, { 'main.mts': `const a: number = 1;\n${line}\n` }, 'main.mts');
    assert.match(stderr, message);
    assert.equal(status, 1);
  };
  await wrong('enum E { A }', /main\.mts:2:1: TypeScript enum cannot be run by leaving types out/);
  await wrong('namespace N { export const x = 1; }', /main\.mts:2:1: TypeScript namespace .*cannot be run/);
  await wrong(
    'class C { constructor(readonly x: number) {} }',
    /main\.mts:2:\d+: TypeScript parameter property cannot be run/,
  );
  await wrong('const b: = 1;', /main\.mts:2:\d+: Unexpected token/);
});

test('load: positions are those of the source', async (t) => {
  const place = async (files: Files, main: string): Promise<string | undefined> => {
    const { stderr } = await runIn(t, files, main);
    return /at fail .*?(\w+\.\w+:\d+:\d+)/.exec(stderr)?.[1];
  };
  const code =
    "interface A {\n  readonly a: string;\n}\nfunction fail(a: A | undefined): never { throw new Error('x'); }\nfail({ a: '' } as A);\n";
  assert.equal(await place({ 'main.mts': code }, 'main.mts'), 'main.mts:4:48');
  assert.equal(await place({ 'main.cts': code }, 'main.cts'), 'main.cts:4:48');
  assert.equal(await place({ 'x.cts': code, 'main.cjs': "require('./x.cjs');" }, 'main.cjs'), 'x.cts:4:48');
  assert.equal(await place({ 'x.mts': code, 'main.mts': "import './x.mjs';" }, 'main.mts'), 'x.mts:4:48');
});

test('load: a missing file is reported by the name it was asked for', async (t) => {
  const { status, stderr } = await runIn(t, { 'main.mts': "import './nowhere.js';" }, 'main.mts');
  assert.match(stderr, /Cannot find module .*nowhere\.js/);
  assert.equal(status, 1);
});

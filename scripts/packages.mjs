// Runs the tests that npm packages bring along, plain and changed, and TypeScript's compiler over this project: outputs
// and exit statuses must be the same.
//   node scripts/packages.mjs race|lines|calls [package…]
// `race`: under `prof run --race`; `lines`: with the marks of lines that memory profiles need; `calls`: with the helpers
// by which CPU profiles know the lines of calls; both in all code, that of node_modules too.
// Installs the packages into a temporary folder. Run `npm run build` first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const prof = join(root, 'bin/prof.js');

/** Packages whose tests are files that node runs, and what these require beside the package's own dependencies. */
const packages = [
  'array.prototype.flatmap@1.3.3',
  'bl@7.0.13',
  'buffer@4.9.2',
  'call-bind@1.0.9',
  'deep-equal@2.2.3',
  'es-to-primitive@1.3.4',
  'fast-json-stable-stringify@2.1.0',
  'function.prototype.name@1.2.0',
  'internal-slot@1.1.0',
  'is-callable@1.2.7',
  'json-stable-stringify@1.3.0',
  'minimist@1.2.8',
  'object.assign@4.1.7',
  'qs@6.17.1',
  'resolve@1.22.14',
  'sha.js@2.4.12',
  'tape@5.10.2',
  'through@2.3.8',
  'varint@6.0.0',
];
/** What their tests require beside their own dependencies. */
const helpers = [
  'encoding@^0.1.13',
  'es-value-fixtures@^1.7.1',
  'has-override-mistake@^1.0.1',
  'has-strict-mode@^1.0.1',
  'has-typed-arrays@^1.0.1',
  'iconv-lite@^0.5.2',
  'mock-property@^1.1.2',
  'object.getownpropertydescriptors@^2.1.7',
  'qs-iconv@^1.0.4',
  'safer-buffer@^2.1.2',
  'semver@^6.3.1',
  'tape@^5.9.0',
];
const typescript = 'typescript@5.9.3';
const [way = '', ...wanted] = process.argv.slice(2);
/** How a program is run changed: the arguments before its own, and the environment. */
const changes = {
  race: { before: [prof, 'run', '--race'] },
  lines: { before: [], hooks: { lines: 'all' } },
  calls: { before: [], hooks: { calls: true } },
};
const { before, hooks } = changes[way] ?? fail();
const { childEnv } = await import(new URL('../dist/run/child-env.js', import.meta.url));
const changedEnv = hooks === undefined ? process.env : childEnv(process.env, hooks);
const chosen = packages.filter((name) => wanted.length === 0 || wanted.includes(nameOf(name)));

const folder = mkdtempSync(join(tmpdir(), 'packages-'));
try {
  install();
  const rows = chosen.map((name) => packageRow(nameOf(name)));
  if (wanted.length === 0) rows.push(compilerRow());
  for (const row of rows) process.stdout.write(`| ${row.cells.join(' | ')} |\n`);
  process.exitCode = rows.every((row) => row.isSame) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fail() {
  throw new Error('race, lines or calls?');
}

function nameOf(specifier) {
  return specifier.slice(0, specifier.lastIndexOf('@'));
}

function install() {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...helpers, ...chosen, typescript];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('npm install');
}

/** What a program prints and how it ends, and how long it took. */
function run(args, cwd, env = process.env) {
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    input: '',
  });
  const seconds = (performance.now() - start) / 1000;
  return { status: status ?? signal, text: withoutChance(stdout + stderr), seconds };
}

/** An output without times, process ids and random numbers. */
function withoutChance(text) {
  return text
    .replace(/\d\d:\d\d:\d\d GMT/g, 'TIME')
    .replace(/\d+(\.\d+)?\s?ms\b/g, 'MILLIS')
    .replace(/\(node:\d+\)/g, '(node:PID)')
    .replace(/fuzz test: \d+/g, 'fuzz test: RANDOM')
    .replace(/(\.[cm]?js:\d+):\d+/g, '$1:COLUMN');
}

function packageRow(name) {
  const cwd = join(folder, 'node_modules', name);
  const files = testFiles(cwd);
  const total = { files: 0, checks: 0, plain: 0, changed: 0, differing: [] };
  for (const file of files) {
    const plain = run([file], cwd);
    if (/Cannot find (module|package)/.test(plain.text)) continue; // a dependency that only its authors have
    const changed = run([...before, file], cwd, changedEnv);
    total.files++;
    total.checks += plain.text.match(/^\s*(not )?ok\b/gm)?.length ?? 0;
    total.plain += plain.seconds;
    total.changed += changed.seconds;
    if (plain.status !== changed.status || plain.text !== changed.text) total.differing.push(basename(file));
  }
  const { version } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  return row(`${name} ${version}`, total);
}

function testFiles(cwd) {
  const inFolder = existsSync(join(cwd, 'test')) ? readdirSync(join(cwd, 'test')) : [];
  const named = inFolder.filter((file) => file.endsWith('.js')).map((file) => join('test', file));
  return existsSync(join(cwd, 'test.js')) ? [...named, 'test.js'] : named;
}

function row(name, { files, checks, plain, changed, differing }) {
  const result = differing.length === 0 ? 'same' : `differs: ${differing.join(', ')}`;
  const cells = [name, files, checks, plain.toFixed(1), changed.toFixed(1), result];
  return { isSame: differing.length === 0 && files > 0, cells };
}

/** Compiles src/ of this project. */
function compilerRow() {
  const compiler = join(folder, 'node_modules/typescript/lib/tsc.js');
  const outputs = { plain: join(folder, 'plain'), changed: join(folder, 'changed') };
  const plain = run([compiler, '-p', 'src', '--outDir', outputs.plain], root);
  const changed = run([...before, compiler, '-p', 'src', '--outDir', outputs.changed], root, changedEnv);
  const made = listFiles(outputs.plain);
  const differing = made.filter((file) => !isSame(join(outputs.plain, file), join(outputs.changed, file)));
  const isEqual = plain.status === changed.status && plain.text === changed.text;
  if (!isEqual || String(made) !== String(listFiles(outputs.changed))) differing.push('tsc');
  const total = { files: made.length, checks: '', plain: plain.seconds, changed: changed.seconds, differing };
  return row(typescript.replace('@', ' '), total);
}

function listFiles(path) {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
}

function isSame(a, b) {
  return existsSync(b) && readFileSync(a).equals(readFileSync(b));
}

// Runs the tests of well-known packages as they are and with marks of lines in all of their code, and compares what
// they say: `node scripts/transform-packages.mjs [PACKAGE…]`, after a build. Needs the network; packages go to a
// temporary folder. Then reads all code of node_modules with marks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { childEnv } = await import(new URL('../dist/run/child-env.js', import.meta.url));
const { insertAll } = await import(new URL('../dist/source/transform/insertions.js', import.meta.url));
const { lineInsertions } = await import(new URL('../dist/source/transform/lines.js', import.meta.url));
const { parseCode } = await import(new URL('../dist/source/transform/parse-code.js', import.meta.url));

/** Packages whose tarball has their tests, and what those need beside the package's own dependencies. */
const packages = [
  {
    name: 'qs@6.14.0',
    needs: [
      'tape@5.9.0',
      'es-value-fixtures@1.7.1',
      'for-each@0.3.5',
      'has-bigints@1.1.0',
      'has-override-mistake@1.0.1',
      'has-property-descriptors@1.0.2',
      'has-proto@1.2.0',
      'has-symbols@1.1.0',
      'iconv-lite@0.5.2',
      'mock-property@1.1.0',
      'object-inspect@1.13.4',
      'qs-iconv@1.0.4',
      'safer-buffer@2.1.2',
    ],
  },
  {
    name: 'deep-equal@2.2.3',
    needs: [
      'tape@5.9.0',
      'available-typed-arrays@1.0.7',
      'for-each@0.3.5',
      'has-proto@1.2.0',
      'has-typed-arrays@1.0.1',
      'object.getownpropertydescriptors@2.1.8',
      'semver@6.3.1',
    ],
  },
  { name: 'minimist@1.2.8', needs: ['tape@5.9.0'] },
  { name: 'side-channel@1.1.0', needs: ['tape@5.9.0', 'es-errors@1.3.0'] },
];

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'prof-packages-'));
let failed = 0;
try {
  for (const each of packages) {
    if (wanted.length === 0 || wanted.some((word) => each.name.startsWith(word))) failed += compare(each);
  }
  if (wanted.length === 0) failed += readAll(join(root, 'node_modules'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function compare({ name, needs }) {
  const home = join(folder, name.replace(/\W/g, '_'));
  run('mkdir', ['-p', home], folder);
  const [tarball = ''] = run('npm', ['pack', name, '--silent'], home).stdout.trim().split('\n').slice(-1);
  run('tar', ['xzf', tarball], home);
  const own = join(home, 'package');
  // Its other development tools are not needed.
  const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  writeFileSync(join(own, 'package.json'), JSON.stringify({ ...manifest, devDependencies: {}, scripts: {} }));
  run(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...needs],
    own,
  );
  const plain = tests(own, process.env);
  const marked = tests(own, childEnv(process.env, { lines: 'all' }));
  const same = plain.output === marked.output && plain.status === marked.status;
  const [tests_, pass] = ['tests', 'pass'].map(
    (word) => new RegExp(`^# ${word}\\s+(\\d+)`, 'm').exec(plain.output)?.[1],
  );
  console.log(
    `${name}: ${pass} of ${tests_} pass, status ${plain.status}; with marks ${same ? 'the same' : 'NOT THE SAME'}`,
  );
  if (!same) console.log(difference(plain.output, marked.output));
  return same ? 0 : 1;
}

function tests(cwd, env) {
  const files = readdirSync(join(cwd, 'test')).filter(
    (file) => file.endsWith('.js') && !without.includes(file),
  );
  const words = ['node_modules/tape/bin/tape', ...files.map((file) => join('test', file))];
  const { stdout, stderr, status } = run(process.execPath, words, cwd, env);
  // Columns move, and times vary.
  const output = `${stdout}${stderr}`.replace(/:\d+:\d+/g, '').replace(/\d+(\.\d+)? ?ms/g, '');
  return { output, status };
}

function difference(a, b) {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  return [...left.slice(at - 3, at + 8), '--- with marks', ...right.slice(at - 3, at + 8)].join('\n');
}

function run(command, args, cwd, env = process.env) {
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e9 });
  if (result.error) throw result.error;
  if (command === 'npm' && result.status !== 0)
    throw new Error(`${command} ${args.join(' ')}\n${result.stderr}`);
  return result;
}

/** All code of a folder, marked, must still be code. */
function readAll(from) {
  let files = 0;
  let bad = 0;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?js$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const code = readFileSync(file, 'utf8');
    const program = parseCode(code, undefined);
    if (program === undefined) continue;
    files++;
    const marked = insertAll(code, lineInsertions(program, code));
    if (parseCode(marked, program.sourceType) !== undefined) continue;
    console.log(`${file}: can no longer be read`);
    bad++;
  }
  console.log(`node_modules: ${files} files, ${bad} can no longer be read with marks`);
  return bad;
}

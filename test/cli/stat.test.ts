import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { golden } from '../golden.js';
import { type Finished, runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const data = 'test/data/stat';

/** Calls `prof stat` in the folder of the runs. */
function stat(args: readonly string[], input?: string): Promise<Finished> {
  return runProf(['stat', ...args], { cwd: data, ...(input !== undefined && { input }) });
}

test('stat: every format and way to arrange', async () => {
  const rows: [string[], string][] = [
    [['old.txt', 'new.txt'], 'old-new.txt'],
    [['old.txt', 'new.txt', 'third.txt'], 'three.txt'],
    [['old.txt'], 'one.txt'],
    [['--format=csv', 'old.txt', 'new.txt'], 'old-new.csv'],
    [['--md', 'old.txt', 'new.txt', 'third.txt'], 'three.md'],
    [['--format=html', 'old.txt', 'new.txt', 'third.txt'], 'three.html'],
    [['--json', '--fail-over=50%', '--filter=.unit:B/op', 'old.txt', 'new.txt'], 'old-new.json'],
    [['-col', 'note', 'units.txt'], 'units.txt.out'],
    [['--row=/size', '--col=.name', '--filter=/size:/k$/ -/size:"64k"', 'old.txt'], 'row-col-filter.txt'],
    [['--row=.name', '--ignore=/size,/gomaxprocs', 'old.txt', 'new.txt'], 'ignore.txt'],
    [['--alpha=0.00001', '--confidence=0.99', 'old.txt', 'new.txt'], 'levels.txt'],
    [['--holm', 'O=old.txt', 'N=new.txt'], 'holm.txt'],
    [['--plot', '--filter=.unit:(ns/op OR allocs/op)', 'old.txt', 'new.txt', 'third.txt'], 'plot.txt'],
  ];
  for (const [args, file] of rows) {
    const { status, stdout } = await stat(args);
    golden(stdout, `${data}/${file}`);
    assert.equal(status, 0, args.join(' '));
  }
});

test('stat: standard input, labels, the same run twice', async () => {
  const input = readFileSync(`${data}/new.txt`, 'utf8');
  const heads = async (args: readonly string[]): Promise<string> => {
    const { stdout } = await stat(['--filter=.unit:B/op', ...args], input);
    return (stdout.split('\n')[3] ?? '').replace(/ +/g, ' ').trim();
  };
  assert.equal(await heads(['old.txt', '-']), '│ old.txt │ - │');
  assert.equal(await heads(['a=old.txt', 'b=-']), '│ a │ b │');
  assert.equal(await heads(['old.txt', 'new.txt', 'old.txt']), '│ old.txt#0 │ new.txt │ old.txt#1 │');
  assert.equal(await heads(['a=old.txt', 'a=new.txt']), '│ a │');
});

test('stat: --json has its values as they are, null where JSON has none', async () => {
  const run = 'BenchmarkX 1 5 ns/op 3 B/op\n';
  const { stdout } = await stat(['--json', '-'], run);
  const { tables } = JSON.parse(stdout);
  assert.deepEqual(
    tables.map(({ unit, better, assume }: Record<string, unknown>) => [unit, better, assume]),
    [
      ['sec/op', 'lower', 'nothing'],
      ['B/op', 'lower', 'nothing'],
    ],
  );
  assert.deepEqual(tables[1].rows[0].cells[0], {
    ...{ column: 0, center: 3, low: null, high: null, confidence: 1, values: [3] },
    warnings: ['need >= 6 samples for confidence interval at level 0.95'],
    comparison: null,
  });
});

test('stat: a page stands alone, whatever names it has', async () => {
  const run = 'BenchmarkX/<script>alert(1)</script>&"\' 1 5 <b>\n';
  const html = (await stat(['--format=html', '-'], run)).stdout;
  assert.doesNotMatch(html, /<script>|<b>|src=|href=/);
  const md = (await stat(['--md', '-'], run.replace('&', '|`*_'))).stdout;
  assert.match(md, /X\/\\<script\\>alert\(1\)\\<\/script\\>\\\|\\`\\\*\\_"' \| 5\.000 ± ∞ ¹ \|/);
});

test('stat: colour where it is wanted', async () => {
  const plain = (await stat(['old.txt', 'new.txt'])).stdout;
  const { stdout } = await stat(['--color', 'old.txt', 'new.txt']);
  assert.equal(stripVTControlCharacters(stdout), plain);
  assert.match(stdout, /\x1b\[32m-16\.39%\x1b\[39m/); // less time: better
  assert.match(stdout, /\x1b\[31m\+10\.52%\x1b\[39m/); // more: worse
  assert.equal(
    (await runProf(['stat', 'old.txt', 'new.txt'], { cwd: data, env: { FORCE_COLOR: '1' } })).stdout,
    plain,
  );
});

test('stat: box plots are as wide as asked for, their changes in colour', async () => {
  const env = { ...process.env, COLUMNS: '60' };
  const args = ['stat', '--plot', '--filter=.unit:ns/op', 'old.txt', 'new.txt'];
  const { stdout } = await runProf(args, { cwd: data, env });
  assert.equal(Math.max(...stdout.split('\n').map((line) => line.length)), 60);
  const colored = await runProf([...args, '--color'], { cwd: data, env });
  assert.match(colored.stdout, /\x1b\[32m-16\.39% .*\x1b\[39m/);
  assert.equal(stripVTControlCharacters(colored.stdout), stdout);
  const { status, stderr } = await stat(['--plot', '--json', 'old.txt']);
  assert.deepEqual([status, stderr.split('\n')[0]], [2, 'prof: conflicting options: plot and json']);
});

test('stat: the gate', async () => {
  const fails = async (...args: string[]): Promise<Pick<Finished, 'status' | 'stderr'>> => {
    const { status, stdout, stderr } = await stat([...args, 'old.txt', 'new.txt']);
    assert.equal(stdout, readFileSync(`${data}/old-new.txt`, 'utf8'));
    return { status, stderr };
  };
  assert.deepEqual(await fails('--fail-over=5%'), {
    status: 3,
    stderr:
      'prof: 1 metric got worse by more than the limit\n' +
      '  Parse/size=64k-8 sec/op: +10.52% (p=0.000 n=10), limit 5%\n',
  });
  assert.deepEqual(await fails('--fail-over', 'ns/op=12%,allocs/op=0'), { status: 0, stderr: '' });
  assert.deepEqual(await fails('--fail-over=5%,B/op=0.5%'), {
    status: 3,
    stderr:
      'prof: 2 metrics got worse by more than their limits\n' +
      '  Parse/size=64k-8 sec/op: +10.52% (p=0.000 n=10), limit 5%\n' +
      '  Parse/size=64k-8 B/op: +0.82% (p=0.000 n=10), limit 0.5%\n',
  });
  assert.deepEqual(await fails('--fail-over=MB/s=5%'), {
    status: 1,
    stderr:
      'prof: --fail-over: there is nothing to judge\n  No benchmark has a metric with a limit in both runs.\n',
  });
});

test('stat: the gate says what it cannot judge', async () => {
  const input = 'f: a\nBenchmarkX 1 5 ns/op 1 score\nf: b\nBenchmarkX 1 6 ns/op 1 score\n';
  const { status, stderr } = await stat(['--col=f', '--fail-over=5%', '-'], input);
  assert.deepEqual(
    [status, stderr],
    [
      0,
      'prof: --fail-over: whether less or more score is better is not known\n' +
        '  Say it in the run: Unit score better=lower\n' +
        'prof: worse than the limit, but not judged (too few results to tell from chance; 6 on each side are needed):\n' +
        '  X sec/op: +20.00% (n=1), limit 5%\n',
    ],
  );
  assert.equal((await stat(['--col=f', '--fail-over=5%', '--gate-single', '-'], input)).status, 3);
});

/** A folder with runs of all kinds. */
function folder(t: TestContext): string {
  const path = tempFolder(t, {
    'a.txt': 'goos: linux\nBenchmarkX 1 5 x\n',
    'b.txt': 'BenchmarkX 1 5 x\nBenchmarkY 1 five x\n  BenchmarkZ 1 5 x\n',
    'empty.txt': '',
    'text.txt': 'PASS\n',
    'data.json': '{"a":[]}',
    'many.txt': 'BenchmarkX 1\n'.repeat(30),
  });
  mkdirSync(join(path, 'folder'));
  copyFileSync('test/data/legacy/README.md', join(path, 'a=b.txt'));
  return path;
}

test('stat: files that are no runs, or hold wrong lines', async (t) => {
  const cwd = folder(t);
  const run = async (...args: string[]): Promise<[number | null, string, boolean]> => {
    const { status, stdout, stderr } = await runProf(['stat', ...args], { cwd });
    return [status, stderr, stdout !== ''];
  };
  const split =
    'prof: a.txt and b.txt are not compared: only a.txt has "goos"\n  Compare them all the same with --ignore=goos.\n';
  assert.deepEqual(await run('a.txt', 'b.txt'), [
    0,
    `prof: b.txt:2: parsing measurement: invalid syntax\nprof: b.txt:3: a result has to begin at the start of its line\n${split}`,
    true,
  ]);
  assert.deepEqual(await run('a.txt', 'nope.txt'), [1, `prof: nope.txt: no such file\n  ${hint}`, false]);
  assert.deepEqual(await run('a.txt', 'empty.txt'), [
    0,
    'prof: empty.txt: no benchmark results: it is empty\n',
    true,
  ]);
  assert.deepEqual(await run('a.txt', 'text.txt'), [0, 'prof: text.txt: no benchmark results\n', true]);
  assert.deepEqual((await run('a.txt', 'data.json')).slice(0, 1), [1]);
  assert.deepEqual((await run('text.txt')).slice(0, 1), [1]);
  assert.deepEqual(await run('a.txt', 'folder'), [
    ...[1, 'prof: folder: is a folder, not a file\n  Name a run in it, such as mem.3.\n', false],
  ]);
  const [status, stderr] = await run('a.txt', 'many.txt');
  assert.deepEqual([status, stderr.split('\n').length], [0, 20 + 2 + 1]);
  assert.match(stderr, /^prof: many\.txt: 10 more lines like these$/m);
  assert.deepEqual(await run('--filter=.name:Q', 'a.txt'), [
    0,
    'prof: no result matches the filter\n',
    false,
  ]);
});

const hint = 'Run `prof bench <variant>` to save a run, such as mem.3 for step3.\n';

test('stat: wrong usage', async () => {
  const check = async (args: readonly string[], message: string): Promise<void> => {
    const { status, stdout, stderr } = await stat(args);
    assert.deepEqual([status, stdout, stderr], [2, '', `prof: ${message}\n`]);
  };
  await check([], 'stat: too few words\n  Usage: prof stat [options] <run>…\n  Run `prof help stat`.');
  await check(['--alpha=2', 'old.txt'], '--alpha: "2" is not a number from 0 to 1\n  Run `prof help stat`.');
  await check(['--confidence=x', 'old.txt'], '--confidence: "x" is not a number\n  Run `prof help stat`.');
  await check(
    ['--format=xml', 'old.txt'],
    '--format: "xml" is not one of text, plot, csv, md, html\n  Run `prof help stat`.',
  );
  await check(
    ['--md', '--json', 'old.txt'],
    'conflicting options: md and json\n  Give one of --format, --plot, --md and --json.',
  );
  await check(
    ['--filter=goos:(a b)', 'old.txt'],
    '--filter: values of a list have OR between them\n  goos:(a b)\n          ^',
  );
  await check(['--row=/a@x', 'old.txt'], '--row: unknown order "x"\n  /a@x\n     ^');
  await check(['--gate-single', 'old.txt'], '--gate-single needs --fail-over\n  Run `prof help stat`.');
  await check(['-', 'a=-'], 'stat: "-" stands for more than one run\n  Give all but one of them as files.');
  await check(
    ['--fail-over=5', 'old.txt'],
    '--fail-over: "5" is not a limit\n' +
      '  Give a percentage for all metrics, or one for each unit: --fail-over=5% --fail-over=ns/op=5%,allocs/op=0.',
  );
});

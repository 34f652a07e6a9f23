import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Finished, runProf } from './run-child.js';
import { tempFolder } from './temp-folder.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A command in a page and what the page says that it prints. */
interface Example {
  readonly words: readonly string[];
  /** Its standard output goes to a file. */
  readonly redirected: boolean;
  readonly printed: readonly string[];
}

/** The `$ prof …` commands of a page's console blocks, in order. */
function examplesOf(page: string): Example[] {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```console.*\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => text.trimEnd().split('\n'))
      .filter(([command]) => command?.startsWith('prof '))
      .map(([command = '', ...printed]) => ({
        words: shellWords(command).slice(1),
        redirected: / > \S+$/.test(command),
        printed,
      })),
  );
}

function shellWords(command: string): string[] {
  return [...command.replace(/ > \S+$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
}

/** Measuring commands are run shortly: what they print is compared but for its figures. */
function runExample({ words }: Example, cwd: string): Promise<Finished> {
  // Whether a lock is awaited is a matter of chance where it is seldom asked for.
  const time = words.includes('--blockprofile') ? '1s' : '20ms';
  const short = words[0] === 'bench' ? [`--benchtime=${time}`] : [];
  if (words.includes('--count')) short.push('--count=1');
  return runProf([...words, ...short], { cwd, env: { ...process.env, TZ: 'UTC' } });
}

/** A line but for figures, spaces and the names that a short run may lack. */
function shape(line: string): string {
  return line
    .replace(/v?\d[\d.:]*(ns|us|ms|s|[kMG]?B|%)?/g, '0')
    .replace(/[+-]0/g, '0')
    .replace(/\((running|finished)\)/, '(state)') // of a thread
    .replace(/\s+/g, ' ')
    .trim();
}

/** Reports of a profile have other rows each time; their heads and forms are the same. */
function stableLines(words: readonly string[], lines: readonly string[]): string[] {
  const isReport = !['bench', 'test', 'cmp', 'ls'].includes(words[0] ?? '');
  // The processor's name has figures of its own; the addon may not be built for the Node at hand; whether there
  // is a doubt about a result depends on the machine.
  const shapes = lines
    .filter((line) => !/^(…$|cpu: |prof: the addon |prof: Benchmark\S+: )/.test(line))
    .map(shape);
  return isReport ? shapes.slice(0, 3).filter((line) => !line.startsWith('Dropped')) : shapes;
}

async function checkPage(t: TestContext, page: string): Promise<void> {
  const cwd = tempFolder(t);
  for (const example of examplesOf(page)) {
    const { words, redirected, printed } = example;
    const { status, stdout, stderr } = await runExample(example, cwd);
    const command = `${page}: prof ${words.join(' ')}`;
    const failsOnPurpose = printed.some((line) => /^(prof: |FAIL|--- FAIL)/.test(line));
    assert.equal(status === 0, !failsOnPurpose, `${command}\n${stdout}${stderr}`);
    const got = stableLines(
      words,
      `${redirected ? '' : stdout}${stderr}`.replaceAll(`${root}${sep}`, '').trimEnd().split('\n'),
    );
    const want = stableLines(words, printed);
    // Reports of races come on standard error, among the lines of standard output.
    const order = (lines: readonly string[]): readonly string[] =>
      words.includes('--race') ? [...lines].sort() : lines;
    assert.deepEqual(order(got).slice(0, want.length), order(want), command);
  }
}

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (page) => page.endsWith('.md') && examplesOf(page).length > 0,
);

for (const page of pages)
  test(`docs: the examples of ${page} run and print what it says`, (t) => checkPage(t, page));

test('docs: every page that another one names is there', () => {
  const all = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ];
  const missing = all
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => {
      const text = readFileSync(join(root, page), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
      return links
        .filter((target) => !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`);
    });
  assert.deepEqual(missing, []);
});

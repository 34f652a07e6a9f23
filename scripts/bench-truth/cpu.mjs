// Shares of time by function and by line of a call: programs whose parts were timed, through prof, the package
// pprof, and node --cpu-prof. The programs are in cpu/; each exports its benchmark and `parts`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runJson } from './programs.mjs';

export const title = 'CPU profiles';
/** Points. */
export const limit = 3;

const here = fileURLToPath(new URL('.', import.meta.url));
const prof = join(here, '../../bin/prof.js');

/** What each profiler is run with to profile `file` into `output`. */
const profilers = {
  prof: (file, output) => profWords(file, output),
  'prof --inline': (file, output) => [...profWords(file, output), '--inline'],
  pprof: (file, output) => [join(here, 'cpu-other.mjs'), file, output],
  'node --cpu-prof': (file, output) => [
    '--cpu-prof',
    `--cpu-prof-dir=${join(output, '..')}`,
    `--cpu-prof-name=${basename(output)}`,
    join(here, 'cpu-other.mjs'),
    file,
  ],
};

function profWords(file, output) {
  return [prof, 'bench', file, '--benchtime=3s', '--no-memprofile', '--no-save', `--cpuprofile=${output}`];
}

/** Rows of the programs whose name matches: `PROGRAM: FUNCTION`, and `PROGRAM: line of FUNCTION` for the line that calls it. */
export async function run({ node, match, rounds }) {
  const files = readdirSync(join(here, 'cpu')).filter((file) => !file.includes('-') && match.test(file));
  const rows = [];
  for (const file of files)
    rows.push(...(await rowsOf(node, join(here, 'cpu', file), Math.ceil(rounds / 2))));
  return rows;
}

async function rowsOf(node, path, rounds) {
  const program = basename(path, '.mjs');
  const { parts: _, shares, whole = [], byLine = [], ...rest } = await import(pathToFileURL(path).href);
  const benchmark = Object.keys(rest).find((name) => name.startsWith('Benchmark'));
  const wants = shares ?? truthOf(node, path, { whole, rounds });
  const readings = Object.fromEntries(
    Object.entries(profilers).map(([tool, words]) => [tool, sharesOf(node, words, { path, benchmark })]),
  );
  const row = (name, truth, read) => ({
    program: `${program}: ${name}`,
    unit: '%',
    truth,
    readings: Object.fromEntries(Object.entries(readings).map(([tool, shares]) => [tool, read(shares)])),
  });
  return [
    row(benchmark, 100, ({ functions }) => functions.get(benchmark) ?? 0),
    ...Object.entries(wants).flatMap(([name, truth]) => [
      ...(byLine.includes(name) ? [] : [row(name, truth, ({ functions }) => functions.get(name) ?? 0)]),
      ...(readings.prof.lines.has(name)
        ? [row(`line of ${name}`, truth, ({ lines }) => lines.get(name) ?? 0)]
        : []),
    ]),
  ];
}

/** Each part's percentage of all parts' time, and that of garbage collection where it is more than 1. */
function truthOf(node, path, { whole, rounds }) {
  const runs = Array.from({ length: rounds }, () => runJson(node, [join(here, 'cpu-parts.mjs'), path]));
  const names = Object.keys(runs[0]);
  const of = (name, key) => runs.map((one) => one[name][key]).sort((a, b) => a - b)[runs.length >> 1];
  const summed = names.filter((name) => whole.length === 0 || whole.includes(name));
  const sum = (key) => summed.reduce((total, name) => total + of(name, key), 0);
  const percent = (nanos) => (100 * nanos) / sum('nanos');
  const truth = Object.fromEntries(
    names.map((name) => [name, percent(of(name, 'nanos') - of(name, 'garbageNanos'))]),
  );
  const garbage = percent(sum('garbageNanos'));
  return garbage > 1 ? { ...truth, '(garbage collector)': garbage } : truth;
}

/** Percentages that a profiler gives functions (with all that they call) and the benchmark's lines marked `//= NAME`. */
function sharesOf(node, words, { path, benchmark }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-truth-'));
  try {
    const output = join(folder, 'cpu');
    const taken = spawnSync(node, words(path, output), { encoding: 'utf8' });
    if (taken.status !== 0) throw new Error(`${words(path, output).join(' ')}:\n${taken.stderr}`);
    const top = runJson(node, [prof, 'top', '--cum', '--json', '--nodefraction=0', output]);
    const percent = (value) => (100 * Number(value)) / Number(top.total);
    const functions = new Map(top.rows.map(({ name, cum }) => [name, percent(cum)]));
    if (!functions.has(benchmark)) return { functions, lines: new Map() };
    const list = runJson(node, [prof, 'list', '--json', `^${benchmark}$`, output]);
    const byLine = new Map(
      list.functions.flatMap(({ files }) =>
        files.flatMap(({ lines }) => lines.map(({ line, cum }) => [line, cum])),
      ),
    );
    const marked = readFileSync(path, 'utf8').split('\n').entries();
    const lines = [...marked].flatMap(([i, text]) => {
      const name = /\/\/= (.*)$/.exec(text)?.[1];
      return name === undefined ? [] : [[name, percent(byLine.get(i + 1) ?? 0)]];
    });
    return { functions, lines: new Map(lines) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

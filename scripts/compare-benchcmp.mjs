// Compares `prof cmp` with Go's benchcmp on random runs: the same text, notes and verdict on each.
//   node scripts/compare-benchcmp.mjs [cases] [seed]
// Does nothing where benchcmp is not installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareRuns } from '../dist/compare/benchcmp.js';
import { formatCmp, formatIgnored } from '../dist/compare/format-cmp.js';
import { parseRuns } from '../dist/compare/parse-run.js';

const [cases = 3000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);

/** Marsaglia's xorshift32: the same numbers for the same seed. */
let state = seed || 1;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const names = [
  'Hi',
  'Hi-8',
  'Parse/size=10',
  'Parse/size=100-4',
  'é',
  '漢字',
  '😀x',
  'lower',
  '',
  'A',
  'B',
  'LongerNameThanOthers',
];
const blanks = [' ', '\t', '  ', ' \t ', '\u00a0', '\u2003'];
const units = [
  'ns/op',
  'ns/op',
  'ns/op',
  'MB/s',
  'B/op',
  'allocs/op',
  'B/op',
  'allocs/op',
  'widgets/op',
  'NS/op',
];
const odd = [
  '0',
  '-1',
  '1e3',
  '1_000',
  'Inf',
  'NaN',
  '0x1p4',
  '1e400',
  '.5',
  '5.',
  '+7',
  '12.5',
  'abc',
  '18446744073709551615',
  '18446744073709551616',
];
const noise = [
  'goos: linux',
  'pkg: app',
  'PASS',
  'ok  \tapp\t1.2s',
  '',
  'BenchmarkHi',
  'Benchmark',
  '--- BENCH: BenchmarkHi',
  'Unit ns/op better=lower',
];

function number(unit) {
  if (random() < 0.04) return pick(odd);
  if (/^(B|allocs)/.test(unit)) return String(random() < 0.3 ? below(3) : below(5000));
  if (random() < 0.3) return String(below(2000) / pick([1, 2, 4, 8]));
  return (random() * 10 ** (below(12) - 3)).toFixed(below(5));
}

function line(name) {
  const gap = () => pick(blanks);
  const count = random() < 0.04 ? pick(['1e3', 'x', '-5', '']) : String(1 + below(1e6));
  let text = `${random() < 0.05 ? gap() : ''}Benchmark${name}${gap()}${count}`;
  for (let i = below(5); i >= 0; i--) {
    const unit = pick(units);
    text += `${gap()}${number(unit)}${random() < 0.03 ? '' : gap() + unit}`;
  }
  return text + (random() < 0.1 ? pick(['\r', ' ', ' 7']) : '');
}

function run(known) {
  const lines = [];
  for (let i = 1 + below(10); i > 0; i--) lines.push(random() < 0.15 ? pick(noise) : line(pick(known)));
  return lines.join('\n') + (random() < 0.9 ? '\n' : '');
}

/** Some values are made equal, so that ties and unchanged rows are frequent. */
const alike = (text) =>
  random() < 0.5 ? text : text.replace(/\d+(?= ns\/op)/g, () => String(100 + below(3)));

function ours([before, after], options) {
  const comparison = compareRuns(...parseRuns(before, after), options);
  const notes = [...comparison.ignored].filter((each) => each.before > 0).map(formatIgnored);
  return {
    status: comparison.pairCount > 0 ? 0 : 1,
    text: formatCmp(comparison.sections),
    notes: notes.sort().join(''),
  };
}

function theirs(files, flags) {
  const { status, stdout, stderr, error } = spawnSync('benchcmp', [...flags, ...files], { encoding: 'utf8' });
  if (error !== undefined) return undefined;
  const notes = stderr.split(/(?<=\n)/).filter((each) => each.startsWith('ignoring'));
  return { status, text: stdout, notes: notes.sort().join('') };
}

/**
 * Under -mag, benchcmp's order is not settled for rows with equal name and magnitude (names are then
 * compared in order, lines in any), and not for any row beside a magnitude that is no number.
 */
function canonical(text, mag) {
  if (!mag) return text;
  const lines = text.split('\n');
  if (/NaN[%x]/.test(text)) return lines.sort().join('\n');
  const sections = text.split('\n\n').map((section) => section.split('\n').sort().join('\n'));
  return `${lines.map((each) => each.split(' ')[0]).join('\n')}\n${sections.join('\n\n')}`;
}

const folder = mkdtempSync(join(tmpdir(), 'benchcmp-'));
const files = [join(folder, 'old.txt'), join(folder, 'new.txt')];
let compared = 0;
let failed = 0;
try {
  for (; compared < cases; compared++) {
    const known = names.filter(() => random() < 0.4).concat('Hi');
    const runs = [alike(run(known)), alike(run(known))];
    if (random() < 0.3) runs[1] = runs[0].replace(/\d(?= ns\/op)/g, () => String(below(10)));
    const options = { best: random() < 0.4, changed: random() < 0.3, mag: random() < 0.4 };
    const flags = Object.keys(options)
      .filter((flag) => options[flag])
      .map((flag) => `-${flag}`);
    for (const [i, file] of files.entries()) writeFileSync(file, runs[i]);
    const want = theirs(files, flags);
    if (want === undefined) break;
    const got = ours(runs, options);
    const same = (key) =>
      canonical(got[key], options.mag && key === 'text') ===
      canonical(want[key], options.mag && key === 'text');
    if (got.status === want.status && same('notes') && (want.status !== 0 || same('text'))) continue;
    if (++failed <= 3) console.log(JSON.stringify({ flags, runs, want, got }, null, 1));
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  compared === 0
    ? 'benchcmp is not installed: nothing compared'
    : `seed ${seed}: ${compared} compared, ${failed} differ`,
);
process.exitCode = failed > 0 ? 1 : 0;

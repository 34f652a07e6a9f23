// Ten profiles against ten, in which one of five functions got 20 % slower: `prof diff` has to name that one alone.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProf, withFolder } from '../bench-truth/programs.mjs';
import { tally } from './tally.mjs';

export const title = 'One function 20 % slower';
export const trials = 3;

const turns = 1000;
const benchmark = (count) => `const words = Array.from({ length: 20 }, (_, i) => 'w' + ((i * 7919) % 61));
function checksum(x) {
  for (let i = 0; i < ${count}; i++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }
  return x | 1;
}
function counted() {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts.size;
}
function sorted(x) {
  return [5, x & 7, 3, x & 15, 1, 4, x & 3, 2].sort((a, b) => a - b)[0];
}
function parsed() {
  return JSON.parse('{"id":7,"name":"prof","tags":["a","b","c"],"at":{"x":1,"y":2.5}}').id;
}
function joined(x) {
  let text = '';
  for (let i = 0; i < 10; i++) text += words[(x + i) & 15];
  return text.indexOf('9');
}
export function BenchmarkMixed(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) x = checksum(x) + counted() + sorted(x) + parsed() + joined(x & 15);
  b.keep(x);
}
`;
const files = {
  'old.bench.mjs': benchmark(turns),
  'new.bench.mjs': benchmark(turns * 1.2),
  'same.bench.mjs': benchmark(turns),
};

/** What is named first, its change and p after Holm, and what else is significant; for both pairs. */
export function trial() {
  return withFolder(files, (folder) => {
    const variants = Object.keys(files).map((name) => join(folder, name));
    const words = [
      '--count=10',
      '--benchtime=500ms',
      `--out-dir=${folder}`,
      '--cpuprofile=p.cpu',
      '--no-memprofile',
      '--no-save',
    ];
    runProf(process.execPath, ['bench', ...variants, ...words]);
    return { slower: found(folder, 'new'), same: found(folder, 'same') };
  });
}

function found(folder, name) {
  const of = (variant) =>
    readdirSync(folder)
      .filter((file) => file.startsWith(`p.cpu.${variant}.`))
      .map((file) => join(folder, file));
  const { rows } = runProf(process.execPath, ['diff', ...of('old'), ...of(name)]);
  const [first] = rows;
  return {
    first: first.name,
    percent: Number((100 * (first.after / first.before - 1)).toFixed(1)),
    p: first.adjusted,
    significant: rows.filter(({ isSignificant }) => isSignificant).map((row) => row.name),
  };
}

/** How often it was named, and how often anything else was. */
export function table(rows) {
  const all = ['slower', 'same'].flatMap((name) => rows.map((row) => ({ name, ...row[name] })));
  const columns = {
    'checksum is first, p < 0.05': ({ first, p }) => first === 'checksum' && p < 0.05,
    'something else': ({ significant }) => significant.some((name) => name !== 'checksum'),
  };
  return tally(all, { heading: 'old against', key: 'name', columns });
}

// A gate at 5 %: a function of about 2 µs, the same again, and with 10 % more turns of its loop.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prof, runProf, withFolder } from '../bench-truth/programs.mjs';
import { compared } from './stat.mjs';
import { tally } from './tally.mjs';

export const title = 'The gate at 5 %';
export const trials = 10;

const turns = 1300;
const benchmark = (count) => `function shifted(x) {
  for (let i = 0; i < ${count}; i++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }
  return x;
}
export function BenchmarkShifted(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) x = shifted(x);
  b.keep(x);
}
`;
const files = {
  'old.bench.mjs': benchmark(turns),
  'same.bench.mjs': benchmark(turns),
  'slower.bench.mjs': benchmark(Math.round(turns * 1.1)),
};

/** For the same and the slower one: the change in percent, p, and the status with which the gate ends. */
export function trial() {
  return withFolder(files, (folder) => {
    const variants = Object.keys(files).map((name) => join(folder, name));
    const words = [
      '--count=10',
      '--benchtime=100ms',
      `--out-dir=${folder}`,
      '--no-cpuprofile',
      '--no-memprofile',
    ];
    runProf(process.execPath, ['bench', ...variants, ...words]);
    return { same: judged(folder, 'same'), slower: judged(folder, 'slower') };
  });
}

function judged(folder, name) {
  const runs = [join(folder, 'mem.old'), join(folder, `mem.${name}`)];
  const { status } = spawnSync(process.execPath, [prof, 'stat', '--fail-over=5%', ...runs]);
  return { ...compared(...runs)['sec/op'], status };
}

/** How often the gate tripped. */
export function table(rows) {
  const all = ['same', 'slower'].flatMap((name) => rows.map((row) => ({ name, ...row[name] })));
  const columns = { tripped: ({ status }) => status === 3, 'called different at 0.05': ({ p }) => p <= 0.05 };
  return tally(all, { heading: 'old against', key: 'name', columns });
}

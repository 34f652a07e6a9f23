// A change that is known: step4 is faster than step3, and allocates less.
import { join } from 'node:path';
import { runProf, withFolder } from '../bench-truth/programs.mjs';
import { compared } from './stat.mjs';
import { tally } from './tally.mjs';

export const title = 'step3 against step4';
export const trials = 10;

/** Unit → change in percent, and p. */
export function trial() {
  return withFolder({}, (folder) => {
    const words = ['bench', 'step3', 'step4', '--count=10', '--benchtime=100ms', `--out-dir=${folder}`];
    runProf(process.execPath, [...words, '--no-cpuprofile', '--no-memprofile']);
    return compared(join(folder, 'mem.3'), join(folder, 'mem.4'));
  });
}

/** How many trials called each metric different. */
export function table(rows) {
  const columns = Object.fromEntries(
    ['sec/op', 'B/op', 'allocs/op'].map((unit) => [unit, (row) => row[unit].p <= 0.05]),
  );
  const named = rows.map((row) => ({ ...row, pair: 'step3, step4' }));
  return tally(named, { heading: 'called different at 0.05', key: 'pair', columns });
}

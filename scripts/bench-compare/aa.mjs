// The same code against itself: how often are its two halves called different?
import { runProf } from '../bench-truth/programs.mjs';
import { tally } from './tally.mjs';

export const title = 'The same code against itself';
export const trials = 40;

const variants = ['step2', 'step3', 'step4', 'step6'];

/** One comparison of 10 runs with 10 runs, in turn; p of each metric, null where all of its values are equal. */
export function trial(i) {
  const variant = variants[i % variants.length];
  const words = ['bench', variant, '--aa', '--count=10', '--comparisons=1', '--benchtime=100ms'];
  const { results } = runProf(process.execPath, words);
  return { variant, ...Object.fromEntries(results.map(({ unit, leastP }) => [unit, leastP])) };
}

/** How many of the comparisons called something different, by variant. */
export function table(rows) {
  const units = ['ns/op', 'B/op', 'allocs/op'];
  const differs = (row, unit) => row[unit] !== null && row[unit] <= 0.05;
  const columns = {
    ...Object.fromEntries(units.map((unit) => [unit, (row) => differs(row, unit)])),
    'any metric': (row) => units.some((unit) => differs(row, unit)),
  };
  return tally(rows, { heading: 'called different at 0.05', key: 'variant', columns });
}

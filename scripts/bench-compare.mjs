// Measures whether comparisons can be trusted: the same code against itself, changes that are known, and a gate and
// a difference of profiles that have to find them. Prints the tables of docs/statistics.md.
//   npm run bench:compare -- [--part aa,steps,gate,diff] [--trials N] [--minutes M] [--rows FILE]
//                            [--page docs/statistics.md]
// A part is a module in bench-compare/ that exports `title`, `trials`, `trial(i)`, which gives a row of plain values, and
// `table(rows)`. `--rows FILE` keeps the rows: the next call goes on until a part has `--trials` of them (each part's own
// number by default). `--minutes` begins no trial after so long. `--page` puts the tables
// into the page as well, between its comments `<!-- PART -->` and `<!-- end -->`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fillPage } from './bench-truth/page.mjs';

const { values: given } = parseArgs({
  options: {
    part: { type: 'string', default: 'aa,steps,gate,diff' },
    trials: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    rows: { type: 'string' },
    page: { type: 'string' },
  },
});

const rows =
  given.rows !== undefined && existsSync(given.rows) ? JSON.parse(readFileSync(given.rows, 'utf8')) : {};
const end = Date.now() + Number(given.minutes) * 6e4;
const parts = [];
for (const name of given.part.split(',')) {
  parts.push({ name, ...(await import(new URL(`./bench-compare/${name}.mjs`, import.meta.url))) });
}

for (const { name, trial, trials } of parts) {
  const wanted = Number(given.trials ?? trials);
  rows[name] ??= [];
  while (rows[name].length < wanted && Date.now() < end) {
    const row = trial(rows[name].length);
    rows[name].push(row);
    console.error(`${name} ${rows[name].length}/${wanted}: ${JSON.stringify(row)}`);
    if (given.rows !== undefined) writeFileSync(given.rows, `${JSON.stringify(rows, undefined, 1)}\n`);
  }
}

/** A part's table; empty where nothing of it was tried. */
function tableOf(name) {
  const part = parts.find((one) => one.name === name);
  return part === undefined || rows[name].length === 0 ? '' : part.table(rows[name]);
}

console.log(
  `${availableParallelism()} processors, ${process.platform} ${process.arch}, Node ${process.version}.\n`,
);
for (const { name, title } of parts) console.log(`## ${title}\n\n${tableOf(name)}`);
if (given.page !== undefined) fillPage(given.page, tableOf);

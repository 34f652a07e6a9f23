// Measures how right the numbers are: programs whose time, allocations and profiles are known, through prof
// and through other tools, and prints their tables, worst error of prof first.
//   npm run bench:truth -- [--node PATH]… [--only time,allocs,repeats,cpu,overhead,memory] [--match REGEXP] [--rounds N]
//                          [--rows FILE] [--page docs/accuracy.md]
// A part is a module in bench-truth/ that exports `title`, `limit`, the largest error that counts as right, and
// `run({ node, match, rounds })`, which gives rows (see bench-truth/table.mjs). `--rows FILE` adds the rows to those of
// earlier runs, and prints all. `--page` puts the tables into the page as well, between its comments
// `<!-- PART -->` and `<!-- end -->`. `--only=` measures nothing.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fillPage } from './bench-truth/page.mjs';
import { mergeRows, summaryTable, truthTable } from './bench-truth/table.mjs';

const partNames = ['time', 'allocs', 'repeats', 'cpu', 'overhead', 'memory'];
/** Rows of a table on the page; the summary above it counts all. */
const mostRows = 30;

const { values: given } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [process.execPath] },
    only: { type: 'string', default: partNames.join(',') },
    match: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    rows: { type: 'string' },
    page: { type: 'string' },
  },
});

const parts = [];
for (const name of partNames) {
  const url = new URL(`./bench-truth/${name}.mjs`, import.meta.url);
  if (existsSync(url)) parts.push({ name, ...(await import(url)) });
}
const wanted = parts.filter(({ name }) => given.only.split(',').includes(name));

let rows =
  given.rows !== undefined && existsSync(given.rows) ? JSON.parse(readFileSync(given.rows, 'utf8')) : [];
for (const node of wanted.length === 0 ? [] : given.node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  for (const { name, run } of wanted) {
    console.error(`Node ${version}: ${name}`);
    const made = await run({ node, match: new RegExp(given.match), rounds: Number(given.rounds) });
    rows = mergeRows(
      rows,
      made.map((row) => ({ part: name, node: Number.parseInt(version, 10), ...row })),
    );
    if (given.rows !== undefined) writeFileSync(given.rows, `${JSON.stringify(rows, undefined, 1)}\n`);
  }
}

/** A part's tables; empty where nothing of it was measured. */
function tablesOf({ name, limit }, most) {
  const own = rows.filter(({ part }) => part === name);
  return own.length === 0 ? '' : `${summaryTable(own, limit)}\n${truthTable(own, most)}`;
}

for (const part of parts) {
  const tables = tablesOf(part);
  if (tables !== '') console.log(`## ${part.title}\n\n${tables}`);
}
if (given.page !== undefined) {
  fillPage(given.page, (name) => {
    const part = parts.find((one) => one.name === name);
    return part === undefined ? '' : tablesOf(part, mostRows);
  });
}

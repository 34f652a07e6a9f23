// Measures how right the numbers are: programs whose time, allocations and profiles are known, through prof
// and through other tools, and prints the tables of docs/accuracy.md, worst error of prof first.
//   npm run bench:truth -- [--node PATH]… [--only time,allocs,cpu,lines,overhead] [--match REGEXP] [--rounds N] [--rows FILE]
// A part is a module in bench-truth/ that exports `title` and `run({ node, match, rounds })`, which gives
// rows (see bench-truth/table.mjs). `--rows FILE` adds the rows to those of earlier runs, and prints all.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { mergeRows, truthTable } from './bench-truth/table.mjs';

const { values: given } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [process.execPath] },
    only: { type: 'string', default: 'time,allocs,cpu,lines' },
    match: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    rows: { type: 'string' },
  },
});

const parts = [];
for (const name of given.only.split(',')) {
  const url = new URL(`./bench-truth/${name}.mjs`, import.meta.url);
  if (existsSync(url)) parts.push({ name, ...(await import(url)) });
}

let rows =
  given.rows !== undefined && existsSync(given.rows) ? JSON.parse(readFileSync(given.rows, 'utf8')) : [];
for (const node of given.node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  for (const { name, run } of parts) {
    console.error(`Node ${version}: ${name}`);
    const made = await run({ node, match: new RegExp(given.match), rounds: Number(given.rounds) });
    rows = mergeRows(
      rows,
      made.map((row) => ({ part: name, node: Number.parseInt(version, 10), ...row })),
    );
    if (given.rows !== undefined) writeFileSync(given.rows, `${JSON.stringify(rows, undefined, 1)}\n`);
  }
}

console.log(`${availableParallelism()} processors, ${process.platform} ${process.arch}.\n`);
for (const { name, title } of parts) {
  console.log(`## ${title}\n\n${truthTable(rows.filter(({ part }) => part === name))}`);
}

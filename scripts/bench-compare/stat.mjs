import { runProf } from '../bench-truth/programs.mjs';

/** What `prof stat` says of two runs with one benchmark each: unit → change in percent, and p. */
export function compared(before, after) {
  const { tables } = runProf(process.execPath, ['stat', before, after]);
  return Object.fromEntries(tables.map((table) => [table.unit, changeOf(table)]));
}

function changeOf({ rows: [row] }) {
  const { ratio, p } = row.cells[1].comparison;
  return { percent: Number((100 * (ratio - 1)).toFixed(2)), p: Number(p.toFixed(4)) };
}

import type { Field, Projection } from '../query/projection.js';
import type { Collected } from './collect.js';
import type { StatQuery } from './stat-query.js';

/** Something that keeps results from being compared, and what to do about it. */
export interface Advice {
  readonly message: string;
  readonly hint: string;
}

/** More rows than this are not looked through for names that differ in their number of threads. */
const mostRows = 100_000;

/** Why results that were surely meant to be compared are not. */
export function adviseOn(collected: Collected, query: StatQuery): Advice[] {
  if (collected.cells.size === 0) return [];
  return [...unknownKeyAdvice(query), ...splitAdvice(collected, query), ...threadAdvice(collected, query)];
}

function unknownKeyAdvice({ table, row, col }: StatQuery): Advice[] {
  const options = Object.entries({ table, row, col });
  return options.flatMap(([option, projection]) =>
    projection.unknownKeys().map((key) => ({
      message: `--${option}: no result has "${key}"`,
      hint: 'Keys are .name, .fullname, .file, /key of a name such as /size, and those of a file such as goos.',
    })),
  );
}

/** The results of one table key and unit. */
interface Part {
  readonly tuple: number;
  readonly rows: ReadonlySet<number>;
  readonly cols: ReadonlySet<number>;
}

/** Results of one name stand in two tables, one column here, the other there: a key tells them apart. */
function splitAdvice(collected: Collected, query: StatQuery): Advice[] {
  const advice = new Map<string, Advice>();
  if (query.table.size < 2) return [];
  for (const parts of partsByUnit(collected)) {
    for (const [i, one] of parts.entries()) {
      for (const other of parts.slice(i + 1)) {
        if (intersect(one.cols, other.cols) || !intersect(one.rows, other.rows)) continue;
        const found = describeSplit(one, other, query);
        advice.set(found.message, found);
      }
    }
  }
  return [...advice.values()];
}

function partsByUnit({ tables, cells }: Collected): Part[][] {
  const parts = Array.from({ length: tables.size }, (_, table) => {
    return { tuple: tables.part(table, 0), rows: new Set<number>(), cols: new Set<number>() };
  });
  const { tables: tableOf, rows: rowOf, cols: colOf } = cells;
  for (let cell = 0; cell < cells.size; cell++) {
    const part = parts[tableOf[cell] ?? 0];
    part?.rows.add(rowOf[cell] ?? 0);
    part?.cols.add(colOf[cell] ?? 0);
  }
  const byUnit = new Map<number, Part[]>();
  for (const [table, part] of parts.entries()) {
    const unit = tables.part(table, 1);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), part]);
  }
  return [...byUnit.values()];
}

function intersect(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const value of few) if (many.has(value)) return true;
  return false;
}

function describeSplit(one: Part, other: Part, { table, col }: StatQuery): Advice {
  const names = [one, other].map(({ cols }) => namesOf(cols, col)) as [string, string]; // two, as the parts
  const differing = table.fields.filter(
    (field) => table.value(one.tuple, field) !== table.value(other.tuple, field),
  );
  const reasons = differing.map((field) =>
    describeField(field, names, [table.value(one.tuple, field), table.value(other.tuple, field)]),
  );
  return {
    message: `${names[0]} and ${names[1]} are not compared: ${reasons.join(', ')}`,
    hint: `Compare them all the same with --ignore=${differing.map(({ key }) => key).join(',')}.`,
  };
}

function namesOf(cols: ReadonlySet<number>, col: Projection): string {
  const names = [...cols].map((tuple) => col.label(tuple));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} …` : names.join(', ');
}

function describeField(
  { key }: Field,
  names: readonly [string, string],
  values: readonly [string, string],
): string {
  const [one, other] = values;
  if (one !== '' && other !== '') return `"${key}" is "${one}" in ${names[0]} and "${other}" in ${names[1]}`;
  return `only ${one === '' ? names[1] : names[0]} has "${key}"`;
}

/** `Hi-4` stands in one column, `Hi-8` in another. */
function threadAdvice({ cells }: Collected, { row, col }: StatQuery): Advice[] {
  if (col.size < 2 || row.size > mostRows) return [];
  const { rows: rowOf, cols: colOf } = cells;
  const colsOf = new Map<number, Set<number>>();
  for (let cell = 0; cell < cells.size; cell++) {
    const [tuple, own] = [rowOf[cell] ?? 0, colOf[cell] ?? 0];
    colsOf.set(tuple, (colsOf.get(tuple) ?? new Set()).add(own));
  }
  const lonely = new Map<string, { label: string; col: number }>();
  for (const [tuple, cols] of colsOf) {
    const [only = 0] = cols;
    const label = row.label(tuple);
    const base = label.replace(/-\d+$/, '');
    const other = lonely.get(base);
    if (cols.size > 1) continue;
    if (other !== undefined && other.col !== only) {
      const [before, after] = [col.label(other.col), col.label(only)];
      const message = `${other.label} of ${before} and ${label} of ${after} are not compared: their numbers of threads differ`;
      return [{ message, hint: 'Compare them all the same with --ignore=/gomaxprocs.' }];
    }
    lonely.set(base, { label, col: only });
  }
  return [];
}

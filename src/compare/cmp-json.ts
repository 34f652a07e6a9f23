import { type CmpRow, type Comparison, deltaOf, type IgnoredName } from './benchcmp.js';
import type { CmpUnit } from './cmp-unit.js';
import { ratio } from './delta.js';
import type { Verdict } from './verdict.js';

/** The shape of `prof cmp --json`; a number that JSON cannot write becomes null. */
export interface CmpJson {
  readonly sections: readonly { readonly unit: CmpUnit; readonly rows: readonly CmpJsonRow[] }[];
  readonly ignored: readonly IgnoredName[];
}

/** One benchmark in one section. */
export interface CmpJsonRow {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** after / before; infinite where only `before` is 0. */
  readonly ratio: number;
  readonly verdict: Verdict;
}

/** A comparison as `--json` gives it. */
export function cmpJson({ sections, ignored }: Comparison): CmpJson {
  return {
    sections: [...sections].map(({ unit, rows }) => ({ unit, rows: Array.from(rows, jsonRow) })),
    ignored: [...ignored],
  };
}

function jsonRow(row: CmpRow): CmpJsonRow {
  const { name, verdict } = row;
  const delta = deltaOf(row);
  return { name, ...delta, ratio: ratio(delta), verdict };
}

import { formatFixed } from '../unit/fixed.js';
import { type CmpRow, deltaOf } from './benchcmp.js';
import { type CmpUnit, isWhole } from './cmp-unit.js';
import { formatMultiple, formatPercent } from './delta.js';
import type { Quantity } from './run.js';

/** A row of a section as text. */
export interface CmpCells {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly delta: string;
}

const titles: Readonly<Record<CmpUnit, string>> = {
  'ns/op': 'ns/op',
  'MB/s': 'MB/s',
  'allocs/op': 'allocs',
  'B/op': 'bytes',
};

/** The titles of a section's columns. */
export function cmpTitles(unit: CmpUnit): CmpCells {
  return {
    name: 'benchmark',
    before: `old ${titles[unit]}`,
    after: `new ${titles[unit]}`,
    delta: unit === 'MB/s' ? 'speedup' : 'delta',
  };
}

/** The texts of a row, as benchcmp writes them. */
export function cmpCells(row: CmpRow, unit: CmpUnit): CmpCells {
  return {
    name: row.name,
    before: formatQuantity(row.before, unit),
    after: formatQuantity(row.after, unit),
    delta: unit === 'MB/s' ? formatMultiple(deltaOf(row)) : formatPercent(deltaOf(row)),
  };
}

function formatQuantity({ value, large }: Quantity, unit: CmpUnit): string {
  if (isWhole(unit)) return String(large ?? value);
  return unit === 'MB/s' ? formatFixed(value, 2) : formatNanos(value);
}

/** Note: benchcmp's own rule; where the testing package would round up to the next size, it shows 10.00. */
function formatNanos(nanos: number): string {
  if (nanos < 10) return formatFixed(nanos, 2);
  return formatFixed(nanos, nanos < 100 ? 1 : 0);
}

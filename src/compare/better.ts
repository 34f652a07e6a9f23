import type { UnitMetadata } from '../benchfmt/unit-metadata.js';
import type { Verdict } from './verdict.js';

/** Whether less or more of a unit is better. */
export type Better = 'lower' | 'higher';

const known: Readonly<Record<string, Better>> = {
  'ns/op': 'lower',
  'sec/op': 'lower',
  's/op': 'lower',
  'B/op': 'lower',
  'allocs/op': 'lower',
  'MB/s': 'higher',
  'B/s': 'higher',
};

/**
 * Whether less or more of a unit is better: what the files say (`Unit x better=higher`), else what is known of the
 * measure, which is what stands behind a unit's last hyphen: `p99-ns/op` is a time.
 *
 * @returns undefined where nobody knows
 */
export function betterOf(unit: string, units: UnitMetadata): Better | undefined {
  const said = units.get(unit, 'better');
  if (said === 'lower' || said === 'higher') return said;
  return said === undefined ? known[unit.slice(unit.lastIndexOf('-') + 1)] : undefined;
}

/** The verdict on a change from one center to another. */
export function changeVerdict(
  before: number,
  after: number,
  better: Better | undefined,
): Verdict | undefined {
  if (before === after) return 'same';
  if (better === undefined) return undefined;
  return after < before === (better === 'lower') ? 'better' : 'worse';
}

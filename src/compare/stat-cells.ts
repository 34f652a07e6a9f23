import { formatFixed, formatSigned } from '../unit/fixed.js';
import type { Summary } from './assumption.js';
import type { StatComparison } from './stat-cell.js';

/** How far the interval reaches from the center, in percent: `2%`, `∞` where it has no end, `?` where signs differ. */
export function formatRange({ center, low, high }: Summary): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return '∞';
  if (Math.sign(center) !== Math.sign(low) || Math.sign(center) !== Math.sign(high)) return '?';
  if (center === 0) return '0%';
  return `${formatFixed(100 * Math.max(high / center - 1, 1 - low / center), 0)}%`;
}

/** The change of the center: `+2.35%`, `~` where it may be chance, `?` from 0 to something. */
export function formatDelta(
  { base: { center: base }, isSignificant }: Pick<StatComparison, 'base' | 'isSignificant'>,
  center: number,
): string {
  if (!isSignificant) return '~';
  if (base === center) return '0.00%';
  if (base === 0) return '?';
  return `${formatSigned((center / base - 1) * 100, 2)}%`;
}

/** The p-value and the sizes of the samples: `p=0.004 n=10`, `n=10+9` where they differ. */
export function formatTest({ base, p }: StatComparison, size: number): string {
  const chance = p === undefined || p === 0 ? '' : `p=${p === 1 ? '1.000' : formatFixed(p, 3)} `;
  return `${chance}n=${base.size === size ? size : `${base.size}+${size}`}`;
}

/** A ratio of geometric means as a change in percent. */
export function formatRatio(ratio: number): string {
  return `${formatSigned((ratio - 1) * 100, 2)}%`;
}

import { formatFixed, formatSigned } from '../unit/fixed.js';

/** A value before and after a change, both in one unit. */
export interface Delta {
  readonly before: number;
  readonly after: number;
}

/** after / before; 1 where both are 0, infinite where only `before` is. */
export function ratio({ before, after }: Delta): number {
  if (before !== 0) return after / before;
  return after === 0 ? 1 : Number.POSITIVE_INFINITY;
}

/**
 * How little a value changed, whatever the direction: 1 where it did not, towards 0 the more it did.
 * Only for sorting. A change from or to 0 is infinite and so sorts last, as in benchcmp; so does what
 * is no number.
 */
export function likeness({ before, after }: Delta): number {
  if (before === 0 && after === 0) return 1;
  if (before === 0 || after === 0) return Number.POSITIVE_INFINITY;
  const quotient = before >= after ? after / before : before / after;
  return Number.isNaN(quotient) ? Number.POSITIVE_INFINITY : quotient;
}

/** The change in percent with its sign, such as `-17.20%`. */
export function formatPercent(delta: Delta): string {
  return `${formatSigned(100 * ratio(delta) - 100, 2)}%`;
}

/** The change as a factor, such as `1.21x`. */
export function formatMultiple(delta: Delta): string {
  return `${formatFixed(ratio(delta), 2)}x`;
}

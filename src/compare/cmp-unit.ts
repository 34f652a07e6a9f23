/** The metrics that benchcmp compares, in the order of their sections. */
export const cmpUnits = ['ns/op', 'MB/s', 'allocs/op', 'B/op'] as const;

/** A metric that is compared. */
export type CmpUnit = (typeof cmpUnits)[number];

/** Whether values of a metric are whole numbers, up to 64 bits. */
export function isWhole(unit: CmpUnit): boolean {
  return unit === 'allocs/op' || unit === 'B/op';
}

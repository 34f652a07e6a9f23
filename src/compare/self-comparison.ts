import { leastChange } from '../stats/least-change.js';
import { sampleOf } from '../stats/sample.js';
import { uTest } from '../stats/u-test.js';

/** How a variant is compared with itself. */
export interface SelfComparisonOptions {
  /** Runs on each side of a comparison. */
  readonly count: number;
  readonly alpha: number;
}

/** What comparing a metric of one benchmark with itself came to. */
export interface SelfComparison {
  readonly name: string;
  readonly unit: string;
  /** Comparisons made. */
  readonly comparisons: number;
  /** Those that called the two sides different, which they are not. */
  readonly different: number;
  /** The least p-value of all; undefined where all values were equal. */
  readonly leastP: number | undefined;
  /** See `leastChange`; 0 where all values were equal, so that any change shows. */
  readonly detectable: number | undefined;
}

/** Share of comparisons that have to find a change for it to count as detectable. */
export const detectionPower = 0.8;

/**
 * Compares measurements of one thing with each other, as those of two things would be: they were taken
 * in turn, A B, B A, A B …, and each comparison takes the next `count` pairs.
 *
 * @param values - in the order in which they were taken, 2 × count for each comparison
 */
export function compareWithSelf(
  {
    name,
    unit,
    values,
  }: { readonly name: string; readonly unit: string; readonly values: readonly number[] },
  { count, alpha }: SelfComparisonOptions,
): SelfComparison {
  const ps: number[] = [];
  const comparisons = Math.floor(values.length / (2 * count));
  for (let i = 0; i < comparisons; i++) {
    const [a, b] = sidesOf(values.slice(2 * count * i, 2 * count * (i + 1)));
    ps.push(uTest(sampleOf(a), sampleOf(b)) ?? 1);
  }
  const isConstant = values.every((value) => value === values[0]);
  return {
    ...{ name, unit, comparisons },
    different: ps.filter((p) => p <= alpha).length,
    leastP: isConstant || ps.length === 0 ? undefined : Math.min(...ps),
    detectable: isConstant ? 0 : leastChange(values, { count, alpha, power: detectionPower }),
  };
}

/** Values in turn, A B, B A …, side by side. */
function sidesOf(values: readonly number[]): readonly [number[], number[]] {
  const sides: [number[], number[]] = [[], []];
  for (const [i, value] of values.entries()) sides[(i + (i >> 1)) % 2 === 0 ? 0 : 1].push(value);
  return sides;
}

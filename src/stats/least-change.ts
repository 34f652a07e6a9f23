import { randomNumbers, shuffle } from './random.js';
import { sampleOf } from './sample.js';
import { uTest } from './u-test.js';

/** What is to be detected, and how surely. */
export interface Detection {
  /** Values on each side of a comparison, at least 1. */
  readonly count: number;
  /** A comparison finds a change where its p-value is at most this. */
  readonly alpha: number;
  /** The share of comparisons that have to find it, such as 0.8. */
  readonly power: number;
}

/** Comparisons that are tried for each size of change. */
const tries = 500;

/**
 * The smallest change, as a share of the value, that comparisons of measurements like these find with the
 * given power: values drawn from them at random are compared with others that are made greater by it.
 *
 * @param values - measurements of one thing, at least twice `count`, all positive
 * @returns undefined where not even a doubling is found: there are too few values, or too much noise
 */
export function leastChange(values: readonly number[], detection: Detection): number | undefined {
  let [low, high] = [0, 1];
  if (powerOf(values, high, detection) < detection.power) return undefined;
  // A thousandth of what is found is as near as the tries allow.
  while (high - low > high / 1000 && high > 1e-6) {
    const middle = (low + high) / 2;
    if (powerOf(values, middle, detection) < detection.power) low = middle;
    else high = middle;
  }
  return high;
}

/** The share of comparisons that find a change of that size. */
function powerOf(values: readonly number[], change: number, { count, alpha }: Detection): number {
  const random = randomNumbers();
  const drawn = Float64Array.from(values);
  let found = 0;
  for (let i = 0; i < tries; i++) {
    shuffle(drawn, random);
    const [a, b] = [
      drawn.slice(0, count),
      drawn.slice(count, 2 * count).map((value) => value * (1 + change)),
    ];
    if ((uTest(sampleOf(a), sampleOf(b)) ?? 1) <= alpha) found++;
  }
  return found / tries;
}

import { normalCdf, normalQuantile } from './normal.js';

/**
 * A confidence interval of the median as two order statistics: it reaches from the `low`-th to the `high`-th of the
 * ascending values, counted from 1. `low` 0 and `high` n + 1 stand for minus and plus infinity: the sample is
 * too small to bound the median there.
 */
export interface OrderInterval {
  readonly low: number;
  readonly high: number;
  /** The chance that the interval holds the median; at least what was asked for. */
  readonly confidence: number;
}

/** Up to this many values the binomial distribution is summed, beyond it the normal one stands for it. */
const exactLimit = 30;

/**
 * The interval for the median of `n` independent values, whatever their distribution.
 *
 * How many of the values lie below the median is binomial(n, 1/2), so that the median lies between the k-th and
 * the next value with the chance that `k` of `n` coins show heads. From the likeliest k the likelier neighbour is
 * added, the left one of two that are alike, until the confidence is reached.
 *
 * @param n - at least 1
 * @param confidence - 0 to 1
 * @see https://online.stat.psu.edu/stat415/lesson/19/19.1
 */
export function medianInterval(n: number, confidence: number): OrderInterval {
  if (confidence >= 1) return { low: 0, high: n + 1, confidence: 1 };
  return n <= exactLimit ? binomialInterval(n, confidence) : normalInterval(n, confidence);
}

function binomialInterval(n: number, confidence: number): OrderInterval {
  const chances = coinChances(n);
  const chance = (k: number): number => chances[k] ?? 0;
  let low = Math.ceil((n + 1) / 2) - 1;
  let high = low + 1;
  let sum = chance(low);
  while (sum < confidence && (low > 0 || high <= n)) {
    if (leansLeft(n, low - 1, high) || chance(low - 1) > chance(high)) sum += chance(--low);
    else sum += chance(high++);
  }
  return { low, high, confidence: sum };
}

/** The chances of 0 to n heads. */
function coinChances(n: number): number[] {
  const chances = [2 ** -n];
  for (let k = 1; k <= n; k++) chances.push(((chances[k - 1] ?? 0) * (n - k + 1)) / k);
  return chances;
}

/**
 * Note: of two neighbours that are alike benchstat takes the left, but beyond n = 20 it has their chances from a
 * logarithm of the gamma function, whose rounding makes the right one of these the likelier, by the count of
 * heads on the left. Both intervals hold the median with the same chance.
 */
const rightByRounding: Readonly<Record<number, readonly number[]>> = {
  21: [7, 4],
  22: [7, 4],
  23: [7, 4],
  24: [7, 4],
  25: [10, 7],
  26: [10, 7],
  27: [11, 10, 7],
  28: [12, 10, 7],
  29: [10, 7, 6],
  30: [13, 10, 8, 7, 6],
};

/** Whether `left` and `right` heads are as likely, and the left is to be taken. */
function leansLeft(n: number, left: number, right: number): boolean {
  return left + right === n && !rightByRounding[n]?.includes(left);
}

function normalInterval(n: number, confidence: number): OrderInterval {
  const mean = n / 2;
  const deviation = Math.sqrt(n) / 2;
  const reach = -normalQuantile((1 - confidence) / 2) * deviation;
  // k heads are the band from k - 1/2 to k + 1/2 of the normal distribution.
  const low = Math.floor(mean - reach - 0.5) + 1;
  const high = Math.ceil(mean + reach - 0.5) + 1;
  const chance = (from: number, to: number): number =>
    normalCdf((to - 0.5 - mean) / deviation) - normalCdf((from - 0.5 - mean) / deviation);
  const [both, less] = [chance(low, high), chance(low, high - 1)];
  const isLessEnough = less >= confidence && less < both;
  return clipped(n, { low, high: isLessEnough ? high - 1 : high, confidence: isLessEnough ? less : both });
}

function clipped(n: number, { low, high, confidence }: OrderInterval): OrderInterval {
  const isAll = low <= 0 && high >= n + 1;
  return { low: Math.max(0, low), high: Math.min(n + 1, high), confidence: isAll ? 1 : confidence };
}

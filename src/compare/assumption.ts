import { medianInterval, type OrderInterval } from '../stats/median-interval.js';
import { mode } from '../stats/mode.js';
import { median } from '../stats/quantile.js';
import type { Sample } from '../stats/sample.js';
import { leastP, uTest } from '../stats/u-test.js';
import { formatFloat } from '../unit/go-float.js';

/** What a sample says about what was measured. */
export interface Summary {
  readonly center: number;
  /** The bounds of the center's confidence interval; infinite where the sample does not say. */
  readonly low: number;
  readonly high: number;
  /** The confidence of the interval: at least what was asked for. */
  readonly confidence: number;
  readonly warnings: readonly string[];
}

/** Levels of certainty. */
export interface Levels {
  /** Least confidence of intervals, 0 to 1. */
  readonly confidence: number;
  /** A difference counts where p is not above it, 0 to 1. */
  readonly alpha: number;
}

/** How the values of a unit come about, which decides how they are summarized and compared. */
export interface Assumption {
  readonly name: 'nothing' | 'exact';
  summarize(sample: Sample, levels: Levels): Summary;
  /** The center alone. */
  center(sample: Sample): number;
  /** The p-value of a difference; undefined where there is nothing to test. */
  test(before: Sample, after: Sample): number | undefined;
  /** What is to be said about a comparison with that p-value. */
  doubts(
    before: Sample,
    after: Sample,
    verdict: { readonly p: number; readonly alpha: number },
  ): readonly string[];
}

/** Values are independent draws from any distribution: medians, order statistics, the U test. */
export const assumeNothing: Assumption = {
  name: 'nothing',
  summarize(sample, { confidence }) {
    const interval = intervalOf(sample.length, confidence);
    const low = orderStatistic(sample, interval.low) ?? Number.NEGATIVE_INFINITY;
    const high = orderStatistic(sample, interval.high) ?? Number.POSITIVE_INFINITY;
    const isOpen = !Number.isFinite(low) || !Number.isFinite(high);
    const warnings = isOpen ? tooFewForInterval(confidence) : none;
    return { center: median(sample), low, high, confidence: interval.confidence, warnings };
  },
  center: median,
  test: uTest,
  doubts(before, after, { p, alpha }) {
    if (areEqual(before, after)) return ['all samples are equal'];
    return p > alpha ? tooFewForTest(Math.max(before.length, after.length), alpha) : none;
  },
};

/** Values are what they are, such as the size of a file: the most frequent one, no test. */
export const assumeExact: Assumption = {
  name: 'exact',
  summarize(sample) {
    const { value: center, count } = mode(sample);
    const [low, high] = [sample[0] ?? center, sample.at(-1) ?? center];
    const range = `values range from ${formatFloat(low)} to ${formatFloat(high)}`;
    const warnings = count < sample.length ? [`exact distribution expected, but ${range}`] : none;
    return { center, low, high, confidence: 1, warnings };
  },
  center: (sample) => mode(sample).value,
  test: () => undefined,
  doubts: () => none,
};

/** The k-th of the values, counted from 1. Note: to ask a list for what is beyond its ends would be slow. */
function orderStatistic(sample: Sample, k: number): number | undefined {
  return k < 1 || k > sample.length ? undefined : sample[k - 1];
}

/** Whether two samples have one and the same value only. */
function areEqual(a: Sample, b: Sample): boolean {
  return a[0] === b[0] && a.at(-1) === b.at(-1) && a[0] === a.at(-1);
}

const none: readonly string[] = [];

/** The intervals of a confidence, by the size of the sample. */
const intervalsOf = remembered((_: number) => new Map<number, OrderInterval>());
/** The one asked for last: nearly all samples of a table are of one size. */
let last = { n: 0, confidence: 0, interval: medianInterval(1, 0) };

function intervalOf(n: number, confidence: number): OrderInterval {
  if (last.n === n && last.confidence === confidence) return last.interval;
  const intervals = intervalsOf(confidence);
  const interval = intervals.get(n) ?? medianInterval(n, confidence);
  intervals.set(n, interval);
  last = { n, confidence, interval };
  return interval;
}

const mostForInterval = 50;

const tooFewForInterval = remembered((confidence) => {
  let n = 2;
  while (n <= mostForInterval && !isClosed(n, confidence)) n++;
  const need = n > mostForInterval ? `> ${mostForInterval}` : `>= ${n}`;
  return [`need ${need} samples for confidence interval at level ${formatFloat(confidence)}`];
});

function isClosed(n: number, confidence: number): boolean {
  const { low, high } = intervalOf(n, confidence);
  return low > 0 && high <= n;
}

const mostForTest = 9;

/** Note: as in benchstat, samples of unequal size are only said to be too small where both are. */
function tooFewForTest(larger: number, alpha: number): readonly string[] {
  return larger >= leastForTest(alpha) ? none : tooFew(alpha);
}

const leastForTest = remembered((alpha) => {
  let n = 1;
  while (n <= mostForTest && leastP(n) > alpha) n++;
  return n;
});

const tooFew = remembered((alpha): readonly string[] => {
  const n = leastForTest(alpha);
  const need = n > mostForTest ? '>' : '>=';
  return [`need ${need} ${n} samples to detect a difference at alpha level ${formatFloat(alpha)}`];
});

/** A function that works out what it gives for a level once: all cells ask for the same. */
function remembered<T>(workOut: (level: number) => T): (level: number) => T {
  const known = new Map<number, T>();
  let last: { readonly level: number; readonly value: T } | undefined;
  return (level) => {
    if (last?.level === level) return last.value;
    const value = known.get(level) ?? workOut(level);
    known.set(level, value);
    last = { level, value };
    return value;
  };
}

import { addends } from '../graph/accumulator.js';
import type { SampleValues } from '../graph/sums.js';
import type { Profile } from '../profile/profile.js';

/** The label that marks samples of the base in a difference. */
const baseLabel = { key: 'pprof::base', value: 'true' } as const;

/**
 * What the percentages of a report are taken of: the magnitudes of all samples, or only of those of
 * the base where there are some; divided by the sum of the divisors for a mean.
 */
export function totalOf(profile: Profile, { values, divisors }: SampleValues): bigint {
  const isBase = baseTest(profile);
  const value = addends(values);
  const divisor = divisors && addends(divisors);
  if (isBase === undefined && divisor === undefined) return sumOfMagnitudes(value);
  const all = { sum: 0n, divisor: 0n };
  const base = { sum: 0n, divisor: 0n };
  for (let i = 0; i < profile.samples.count; i++) {
    const v = BigInt(value[i] ?? 0);
    for (const total of isBase?.(i) ? [all, base] : [all]) {
      total.sum += v < 0n ? -v : v;
      total.divisor += BigInt(divisor?.[i] ?? 0);
    }
  }
  const { sum, divisor: by } = BigInt.asIntN(64, base.sum) > 0n ? base : all;
  const [sum64, by64] = [BigInt.asIntN(64, sum), BigInt.asIntN(64, by)];
  return by64 === 0n ? sum64 : sum64 / by64;
}

function sumOfMagnitudes(column: Float64Array): bigint {
  if (column instanceof Float64Array) {
    // Exact: a column whose magnitudes add up to more is int64.
    let sum = 0;
    for (const value of column) sum += value < 0 ? -value : value;
    return BigInt(sum);
  }
  let sum = 0n;
  for (const value of column as Iterable<bigint>) sum += value < 0n ? -value : value;
  return BigInt.asIntN(64, sum);
}

/** Tells samples of the base, or undefined where there are none. */
function baseTest({ samples: { labels }, strings }: Profile): ((i: number) => boolean) | undefined {
  const keys = new Set<number>();
  for (const key of new Set(labels.key)) if (strings.get(key) === baseLabel.key) keys.add(key);
  if (keys.size === 0) return undefined;
  return (i) => {
    const end = labels.start[i + 1] ?? 0;
    for (let at = labels.start[i] ?? 0; at < end; at++) {
      const isBase = keys.has(labels.key[at] ?? 0) && strings.get(labels.text[at] ?? 0) === baseLabel.value;
      if (isBase) return true;
    }
    return false;
  };
}

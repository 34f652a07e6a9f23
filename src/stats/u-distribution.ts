/**
 * The chances that the Mann-Whitney statistic of two samples without equal values is at most 0, 1, 2 … up to half of
 * its greatest value; the other half is their mirror image.
 *
 * p(n, m, U) = (n p(n-1, m, U-m) + m p(n, m-1, U)) / (n+m), by whether the greatest of all values is one of the n
 * or of the m. O(n² m²), a few milliseconds for 50 and 50.
 *
 * @see Mann, Whitney: On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other.
 *   Annals of Mathematical Statistics 18 (1947) 50-60
 */
export function untiedTail(n1: number, n2: number): Float64Array {
  const [few, many] = n1 < n2 ? [n1, n2] : [n2, n1];
  const most = Math.floor((n1 * n2) / 2);
  // rows[n] is p(n, m, ·); since p(n, m) is p(m, n), only those with n <= m are made.
  const rows = Array.from({ length: few + 1 }, () => new Float64Array(most + 1));
  for (const row of rows.slice(0, 1)) row[0] = 1;
  for (let m = 1; m <= many; m++) {
    for (let n = 1; n <= Math.min(few, m); n++) {
      const [fewer, same, out] = [rows[n - 1], rows[n === m ? n - 1 : n], rows[n]];
      if (fewer === undefined || same === undefined || out === undefined) continue;
      for (let u = Math.min(most, n * m); u >= 0; u--) {
        out[u] = (n * (fewer[u - m] ?? 0) + m * (same[u] ?? 0)) / (n + m);
      }
    }
  }
  return runningSum(rows[few] ?? new Float64Array());
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** How many ways there are to draw the first sample whose rank sum is below, equal to or above a given one. */
export interface RankSumCounts {
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

/**
 * Counts the samples of `n` values by their rank sum, all values being as likely to be drawn.
 *
 * The values are cut into a lower and an upper half; for each half the ways are counted by how many values are
 * drawn from it and what their ranks sum to; then the halves are joined. Counts are exact up to 2^53: 50 values.
 *
 * @param groups - how many values are equal, for each distinct value, ascending
 * @param n - values drawn, at most all
 * @param twiceSum - the rank sum to compare with, doubled; see `Ranks`
 */
export function countRankSums(groups: readonly number[], n: number, twiceSum: number): RankSumCounts {
  const middle = halfOf(groups);
  const lower = new HalfCounts(groups.slice(0, middle), n);
  const upper = new HalfCounts(groups.slice(middle), n);
  const counts = { below: 0, equal: 0, above: 0 };
  for (let i = Math.max(0, n - upper.size); i <= Math.min(n, lower.size); i++) {
    // Ranks of the upper half go on behind the lower's.
    const rest = twiceSum - 2 * lower.size * (n - i);
    joinHalves(lower.ways(i), upper.ways(n - i), rest, counts);
  }
  return counts;
}

/** The group at which the upper half begins. */
function halfOf(groups: readonly number[]): number {
  const half = groups.reduce((sum, size) => sum + size, 0) / 2;
  let sum = 0;
  const index = groups.findIndex((size) => (sum += size) > half);
  return index < 0 ? groups.length : index;
}

/** Adds the pairs of sums that are below, equal to and above `total` together. */
function joinHalves(
  lower: Ways,
  upper: Ways,
  total: number,
  counts: { -readonly [K in keyof RankSumCounts]: number },
): void {
  let all = 0;
  for (const ways of upper.counts) all += ways;
  // As the lower half's sum falls, more sums of the upper half stay below the total.
  let below = 0;
  let next = 0;
  for (let i = lower.counts.length - 1; i >= 0; i--) {
    const rest = total - (lower.least + i) - upper.least;
    for (; next < Math.min(rest, upper.counts.length); next++) below += upper.counts[next] ?? 0;
    const ways = lower.counts[i] ?? 0;
    const equal = upper.counts[rest] ?? 0;
    counts.below += ways * below;
    counts.equal += ways * equal;
    counts.above += ways * (all - below - equal);
  }
}

/** In how many ways values have a doubled rank sum of `least`, of one more, and so on. */
interface Ways {
  readonly least: number;
  readonly counts: Float64Array;
}

/** The ways to draw values from one half, by their number and doubled rank sum. */
class HalfCounts {
  /** How many values the half has. */
  readonly size: number;
  /** Largest doubled rank sum there can be, and one more. */
  readonly #width: number;
  readonly #table: Float64Array;

  constructor(groups: readonly number[], n: number) {
    this.size = groups.reduce((sum, size) => sum + size, 0);
    this.#width = this.size * (this.size + 1) + 1;
    const most = Math.min(n, this.size);
    this.#table = new Float64Array((most + 1) * this.#width);
    this.#table[0] = 1;
    let before = 0;
    for (const size of groups) {
      this.#addGroup(size, before, most);
      before += size;
    }
  }

  /** The ways to draw `count` values. */
  ways(count: number): Ways {
    const [least, most] = sumRange(count, this.size);
    const start = count * this.#width;
    return { least, counts: this.#table.subarray(start + least, start + most + 1) };
  }

  /** Adds the ways in which some of `size` equal values are drawn, `before` values being less. */
  #addGroup(size: number, before: number, most: number): void {
    const twiceRank = 2 * before + size + 1;
    for (let count = Math.min(most, before + size); count > 0; count--) {
      let choices = 1;
      for (let k = 1; k <= Math.min(size, count); k++) {
        choices = (choices * (size - k + 1)) / k;
        if (count - k > before) continue;
        this.#add([count, count - k], k * twiceRank, { choices, before });
      }
    }
  }

  /** Row `to` gets what row `from` has, `shift` further on, `choices` times. */
  #add(
    [to, from]: readonly [number, number],
    shift: number,
    { choices, before }: { choices: number; before: number },
  ): void {
    const table = this.#table;
    const [least, most] = sumRange(from, before);
    const ahead = (to - from) * this.#width + shift;
    const end = from * this.#width + most;
    for (let i = from * this.#width + least; i <= end; i++) {
      table[i + ahead] = (table[i + ahead] ?? 0) + (table[i] ?? 0) * choices;
    }
  }
}

/** The least and the largest doubled rank sum that `count` of `size` values can have. */
function sumRange(count: number, size: number): [number, number] {
  return [count * (count + 1), count * (2 * size - count + 1)];
}

/** The two tails of the rank sum of `a` over all ways to split the values of both samples, each as likely. */
export function splitTails(a: readonly number[], b: readonly number[]): { atMost: number; atLeast: number } {
  const all = [...a, ...b];
  const ranks = all.map((x) => all.reduce((sum, y) => sum + (y < x ? 1 : y === x ? 0.5 : 0), 0.5));
  const observed = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const sums = subsetSums(ranks, a.length);
  const share = (test: (sum: number) => boolean): number => sums.filter(test).length / sums.length;
  return { atMost: share((sum) => sum <= observed), atLeast: share((sum) => sum >= observed) };
}

/** The sums of all choices of `count` of the values. */
function subsetSums(values: readonly number[], count: number): number[] {
  if (count === 0) return [0];
  const [first, ...rest] = values;
  if (first === undefined) return [];
  return [...subsetSums(rest, count - 1).map((sum) => sum + first), ...subsetSums(rest, count)];
}

/** Ticks divided in proportion to those of the paths; whole numbers that add up, paths that get none left out. */
export function divideTicks<P extends { readonly ticks: number }>(
  ticks: number,
  paths: readonly P[],
): { path: P; ticks: number }[] {
  const total = paths.reduce((sum, path) => sum + path.ticks, 0);
  let [before, given] = [0, 0];
  const shares = paths.map((path) => {
    before += path.ticks;
    const upTo = Math.round((ticks * before) / total);
    const share = upTo - given;
    given = upTo;
    return { path, ticks: share };
  });
  return shares.filter((share) => share.ticks > 0);
}

/**
 * P-values adjusted by Holm's method: with those below alpha called significant, the chance of calling anything
 * significant where nothing has changed is at most alpha, however many tests there are and however they depend
 * on one another.
 *
 * @param ps - the p-values of all tests that are looked at together, any order, 0 to 1
 * @returns the adjusted ones in the same order, at most 1
 * @see Holm: A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics 6 (1979) 65-70
 */
export function holm(ps: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(ps, (_, i) => i).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = new Float64Array(ps.length);
  let most = 0;
  for (const [rank, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (ps[i] ?? 0) * (ps.length - rank)));
    adjusted[i] = most;
  }
  return adjusted;
}

/** How V8 writes when samples were taken. All times in microseconds. */
export interface V8Times {
  readonly start: number;
  /** NaN when unknown. */
  readonly end: number;
  /** From the sample before, the first from `start`; may be missing, too short, or negative. */
  readonly deltas: readonly number[];
}

/**
 * How long each sample lasted: until the next in time, the last until the end. Samples that are
 * out of order, with negative deltas, are put in order first; missing deltas are the mean of the others.
 *
 * @param count - of samples
 * @returns microseconds, one per sample, none negative
 */
export function sampleMicros(count: number, { start, end, deltas }: V8Times): Float64Array {
  const micros = new Float64Array(count);
  if (count === 0) return micros;
  const given = Math.min(deltas.length, count);
  if (given < 2) return micros.fill(end > start ? (end - start) / count : defaultMicros);
  const times = new Float64Array(count);
  const last = deltas.slice(0, given).reduce((at, delta, i) => (times[i] = at + delta), start);
  const mean = Math.max(0, (last - (times[0] ?? 0)) / (given - 1));
  for (let i = given; i < count; i++) times[i] = last + mean * (i - given + 1);
  const order = inOrder(times);
  for (let k = 0; k < count; k++) {
    const at = times[order[k] ?? 0] ?? 0;
    const next = k + 1 < count ? (times[order[k + 1] ?? 0] ?? 0) : end >= at ? end : at + mean;
    micros[order[k] ?? 0] = next - at;
  }
  return micros;
}

/** V8's own interval, for files that say nothing of times. */
export const defaultMicros = 1000;

/** The indices of ascending times. */
function inOrder(times: Float64Array): Uint32Array {
  const order = Uint32Array.from(times.keys());
  for (let i = 1; i < times.length; i++)
    if ((times[i] ?? 0) < (times[i - 1] ?? 0))
      return order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return order;
}

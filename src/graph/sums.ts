import type { Samples, ValueColumn } from '../profile/profile.js';
import { type Accumulator, accumulatorFor, addends } from './accumulator.js';
import type { NodeTable } from './node-table.js';

/** Which values of the samples are to be added up. */
export interface SampleValues {
  readonly values: ValueColumn;
  /** What sums are divided by, for means; undefined for plain sums. */
  readonly divisors: ValueColumn | undefined;
}

/** What was spent in each node itself (flat) and with all that it called (cum). */
export interface NodeSums {
  readonly flat: Accumulator;
  readonly cum: Accumulator;
  readonly flatDivisor: Accumulator;
  readonly cumDivisor: Accumulator;
}

/**
 * Adds the samples up. A node counts once per sample in cum, however often it is on the stack:
 *
 *     // samples (root first)      flat   cum
 *     // a b 1                  a     0     6
 *     // a b c 2                b     1     3
 *     // a a 3                  c     2     2      a's flat is 3 in the last sample
 */
export function sumNodes(samples: Samples, table: NodeTable, { values, divisors }: SampleValues): NodeSums {
  const count = table.infos.length;
  const divisor = divisors ?? new Float64Array(samples.count);
  const sums = {
    flat: accumulatorFor(values, count),
    cum: accumulatorFor(values, count),
    flatDivisor: accumulatorFor(divisor, count),
    cumDivisor: accumulatorFor(divisor, count),
  };
  addSums(samples, table, {
    sums,
    value: addends(values),
    divisor: addends(divisor),
    divides: divisors !== undefined,
  });
  return sums;
}

interface Addition {
  readonly sums: NodeSums;
  readonly value: Accumulator;
  readonly divisor: Accumulator;
  readonly divides: boolean;
}

/** The innermost loop of every report: no object, no call per frame. */
function addSums(
  { count, start, stack }: Samples,
  table: NodeTable,
  { sums, value, divisor, divides }: Addition,
): void {
  const { flat, cum, flatDivisor, cumDivisor } = sums;
  const { start: nodeStart, nodes } = table;
  const lastSeen = new Uint32Array(table.infos.length);
  for (let i = 0; i < count; i++) {
    const w = value[i]!;
    const d = divisor[i]!;
    if (!w && !d) continue;
    const seen = i + 1;
    const from = start[i]!;
    const end = start[i + 1]!;
    for (let at = from; at < end; at++) {
      const location = stack[at]!;
      for (let n = nodeStart[location]!; n < nodeStart[location + 1]!; n++) {
        const node = nodes[n]!;
        if (lastSeen[node] === seen) continue;
        lastSeen[node] = seen;
        cum[node]! += w;
        if (divides) cumDivisor[node]! += d;
      }
    }
    if (from === end) continue;
    const leaf = nodes[nodeStart[stack[from]!]!]!;
    flat[leaf]! += w;
    if (divides) flatDivisor[leaf]! += d;
  }
}

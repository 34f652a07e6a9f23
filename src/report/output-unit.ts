import { abs64, toInt64 } from '../graph/accumulator.js';
import type { Node } from '../graph/graph.js';
import { scale } from '../unit/scale.js';
import type { Report } from './report.js';

/**
 * The unit that all values of a report are printed in. For `minimum` it is the one in which the
 * smallest value reads well, or, where the total is in a larger unit and over a hundred times as
 * much, the one of a hundred times the smallest.
 *
 * @param integers - the report cannot print decimals, and so must take the smallest unit
 */
export function outputUnit(
  report: Report,
  nodes: readonly Node[],
  { integers = false }: { readonly integers?: boolean } = {},
): string {
  const { options, sampleType, total } = report;
  if (options.unit !== 'minimum' || nodes.length === 0) return options.unit;
  const ratio = 1 / options.divideBy;
  const adjust = (value: bigint): bigint =>
    ratio > 0 && ratio !== 1 ? toInt64(Number(value) * ratio) : value;
  const least = adjust(leastValue(nodes) || total);
  const most = adjust(total);
  const unitOf = (value: bigint): string => scale(Number(value), sampleType.unit, 'minimum').unit;
  const isSpread = unitOf(least) !== unitOf(most) && BigInt.asIntN(64, least * 100n) < most;
  const unit = isSpread && !integers ? unitOf(BigInt.asIntN(64, least * 100n)) : unitOf(least);
  return unit === '' ? sampleType.unit : unit;
}

/** The smallest value that is not 0; 0 where there is none. */
function leastValue(nodes: readonly Node[]): bigint {
  let least = 0n;
  for (const node of nodes) {
    const value = abs64(node.flatValue) || abs64(node.cumValue);
    if (value > 0n && (least === 0n || value < least)) least = value;
  }
  return least;
}

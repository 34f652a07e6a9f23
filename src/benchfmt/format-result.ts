import { formatFixed } from '../unit/fixed.js';

/** One measured benchmark: a line of a run. */
export interface BenchResult {
  /** Full name, with `-N` behind it where the number of threads is not 1. */
  readonly name: string;
  readonly iterations: number;
  /** Nanoseconds of one iteration; left out of the line where it would read 0. */
  readonly nsPerOp: number;
  /** 10^6 bytes per second; left out of the line where it is 0. */
  readonly mbPerS?: number;
  /** Other metrics: unit → value. */
  readonly extra?: ReadonlyMap<string, number>;
  /** Printed as a whole number, as all readers of the format want it. */
  readonly bytesPerOp?: number;
  /** Printed as a whole number. */
  readonly allocsPerOp?: number;
}

/**
 * A result as the line that Go's testing package prints, without a newline.
 *
 * @param nameWidth - code points of the longest name of the run; shorter names are padded to it
 * @see https://go.dev/design/14313-benchmark-format
 */
export function formatResult(result: BenchResult, nameWidth: number): string {
  const padding = ' '.repeat(Math.max(0, nameWidth - [...result.name].length));
  const cells = [result.name + padding, right(String(result.iterations), 8)];
  // Note: readers take "0 ns/op" for a metric of another unit, so a time that reads 0 is not printed.
  const time = formatMetric(result.nsPerOp, 'ns/op');
  if (/[1-9]/.test(time)) cells.push(time);
  if (result.mbPerS) cells.push(`${right(formatFixed(result.mbPerS, 2), 7)} MB/s`);
  for (const [unit, value] of sortedByUnit(result.extra)) cells.push(formatMetric(value, unit));
  if (result.bytesPerOp !== undefined) cells.push(wholeMetric(result.bytesPerOp, 'B/op'));
  if (result.allocsPerOp !== undefined) cells.push(wholeMetric(result.allocsPerOp, 'allocs/op'));
  return cells.join('\t');
}

/** Least magnitude, width and decimals; each width keeps the decimal point in one column. */
const layouts = [
  { from: 999.95, width: 10, decimals: 0 },
  { from: 99.995, width: 12, decimals: 1 },
  { from: 9.9995, width: 13, decimals: 2 },
  { from: 0.99995, width: 14, decimals: 3 },
  { from: 0.099995, width: 15, decimals: 4 },
  { from: 0.0099995, width: 16, decimals: 5 },
  { from: 0.00099995, width: 17, decimals: 6 },
] as const;

/** Four significant digits and the unit, the whole part in ten places. */
function formatMetric(value: number, unit: string): string {
  const magnitude = Math.abs(value);
  const layout = value === 0 ? layouts[0] : layouts.find(({ from }) => magnitude >= from);
  const { width, decimals } = layout ?? { width: 18, decimals: 7 };
  return `${right(formatFixed(value, decimals), width)} ${unit}`;
}

function wholeMetric(value: number, unit: string): string {
  return `${right(formatFixed(Math.round(value), 0), 8)} ${unit}`;
}

function sortedByUnit(extra: ReadonlyMap<string, number> = new Map()): [string, number][] {
  return [...extra].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function right(text: string, width: number): string {
  return text.padStart(width);
}

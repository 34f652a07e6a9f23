/** What a strip shows of some values, in their order: least, lower quartile, median, upper quartile, greatest. */
export interface FiveNumbers {
  readonly low: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly high: number;
}

/** Where values stand on a strip: `from` in its first column, `to` in its last one. */
export interface StripAxis {
  readonly from: number;
  readonly to: number;
  /** At least 1. */
  readonly columns: number;
}

/**
 * A box plot of one line, `├──▒▒█▒───┤`: from the least to the greatest value, the middle half of them as a box, the
 * median in it. Where all fall into one column, the median alone.
 *
 * @returns as many characters as the axis has columns
 */
export function boxStrip(numbers: FiveNumbers, axis: StripAxis): string {
  const { low, lowerQuartile, median, upperQuartile, high } = numbers;
  const [start, left, middle, right, end] = [low, lowerQuartile, median, upperQuartile, high].map((value) =>
    columnOf(value, axis),
  ) as [number, number, number, number, number]; // five, as the list
  const at = (column: number): string => {
    if (column === middle) return '█';
    if (column >= left && column <= right) return '▒';
    if (column === start) return '├';
    if (column === end) return '┤';
    return column > start && column < end ? '─' : ' ';
  };
  return Array.from({ length: axis.columns }, (_, column) => at(column)).join('');
}

/** Values that are all one stand in the middle. */
function columnOf(value: number, { from, to, columns }: StripAxis): number {
  if (!(to > from)) return Math.floor((columns - 1) / 2);
  return Math.round(((value - from) / (to - from)) * (columns - 1));
}

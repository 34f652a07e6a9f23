/** A value with what it is known to lie between. */
export interface PlotPoint {
  readonly low: number;
  readonly center: number;
  readonly high: number;
  /** One character below the axis; absent for none. */
  readonly mark?: string;
}

/** How a plot is drawn. */
export interface PlotOptions {
  /** Columns for everything, labels included; at least 20. */
  readonly width: number;
  /** Rows for the values; at least 2. */
  readonly height: number;
  /** Writes a value at the axis. */
  readonly format: (value: number) => string;
}

/**
 * A plot in text: a column for each point in its order, `●` for its centre, `│` from low to high,
 * marks below the axis. The axis goes from the least to the greatest value. Where there are more points
 * than columns the first ones are left out.
 *
 * @param points - all numbers finite, low <= center <= high; none gives no lines
 * @returns lines without blanks at their ends
 */
export function plotLines(points: readonly PlotPoint[], { width, height, format }: PlotOptions): string[] {
  const all = axisOf(points, height);
  const labelWidth = Math.max(...labelRows(height).map((row) => format(all.value(row)).length));
  const shown = points.slice(-(width - labelWidth - 2));
  if (shown.length === 0) return [];
  const axis = axisOf(shown, height);
  const step = Math.max(1, Math.min(widest, Math.floor((width - labelWidth - 2) / shown.length)));
  // Of one value only, more than one label would say the same.
  const labelled = axis.value(0) === axis.value(height - 1) ? [axis.row(axis.value(0))] : labelRows(height);
  const rows = Array.from({ length: height }, (_, row) => {
    const label = labelled.includes(row) ? format(axis.value(row)) : '';
    const cells = shown.map((point) => cellAt(point, row, axis).padEnd(step)).join('');
    return `${label.padStart(labelWidth)} ┤${cells}`;
  });
  const bottom = `${' '.repeat(labelWidth)} └${'─'.repeat(shown.length * step)}`;
  const marks = shown.map(({ mark }) => (mark ?? '').padEnd(step)).join('');
  const lines = [...rows, bottom, `${' '.repeat(labelWidth + 2)}${marks}`];
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

/** Columns of a point where there are few. */
const widest = 3;

/** Which rows carry a value: the first, the last, the one between. */
function labelRows(height: number): number[] {
  return [0, Math.floor((height - 1) / 2), height - 1];
}

interface Axis {
  /** The row of a value, from the top. */
  row(value: number): number;
  /** The value of a row. */
  value(row: number): number;
}

function axisOf(points: readonly PlotPoint[], height: number): Axis {
  const low = points.reduce((least, point) => Math.min(least, point.low), Number.POSITIVE_INFINITY);
  const high = points.reduce((most, point) => Math.max(most, point.high), Number.NEGATIVE_INFINITY);
  const last = height - 1;
  // Note: of one value only, the row in the middle is its own.
  if (!(high > low)) return { row: () => Math.floor(last / 2), value: () => low };
  return {
    row: (value) => Math.round(((high - value) / (high - low)) * last),
    value: (row) => high - ((high - low) * row) / last,
  };
}

function cellAt({ low, center, high }: PlotPoint, row: number, axis: Axis): string {
  if (row === axis.row(center)) return '●';
  return row > axis.row(high) - 1 && row < axis.row(low) + 1 ? '│' : '';
}

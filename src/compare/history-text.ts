import { plotLines } from '../table/plot.js';
import { commonScale, unitClass } from '../unit/metric-scale.js';
import { formatPercent } from './delta.js';
import type { HistoryChange, HistoryRun, HistorySeries } from './history.js';

/** How a history is printed. */
export interface HistoryLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Colours a text after its verdict. */
  readonly paint: (text: string, verdict: HistoryChange['verdict']) => string;
}

const plotHeight = 9;

/** A plot for each series, and its changes below; an empty line between them. */
export function formatHistory(
  series: readonly HistorySeries[],
  runs: readonly HistoryRun[],
  layout: HistoryLayout,
): string {
  return series.map((one) => formatSeries(one, runs, layout)).join('\n');
}

function formatSeries(series: HistorySeries, runs: readonly HistoryRun[], layout: HistoryLayout): string {
  const { name, unit, points, changes } = series;
  const format = seriesFormat(series);
  const label = (run: number): string => runs[run]?.label ?? '';
  const markOf = new Map(changes.map(({ run, before, after }) => [run, after > before ? '▲' : '▼']));
  const plot = plotLines(
    points.map(({ run, low, median, high }) => {
      const mark = markOf.get(run);
      return { low, center: median, high, ...(mark === undefined ? {} : { mark }) };
    }),
    { width: layout.width, height: plotHeight, format },
  );
  const [first, last] = [label(points[0]?.run ?? 0), label(points.at(-1)?.run ?? 0)];
  const span = points.length === 1 ? first : `${points.length} runs, ${first} … ${last}`;
  const width = Math.max(0, ...changes.map(({ run }) => label(run).length));
  const lines = changes.map((change) =>
    layout.paint(`  ${label(change.run).padEnd(width)}  ${formatChange(change, format)}`, change.verdict),
  );
  return [`${name} ${unit}: ${span}`, ...plot, ...lines].map((line) => `${line}\n`).join('');
}

/** A change as text: `1.084µ → 167.0n  -84.59%  p=0.000`. */
export function formatChange(change: HistoryChange, format: (value: number) => string): string {
  const p = change.p === undefined ? '' : `  p=${change.p.toFixed(3)}`;
  return `${format(change.before)} → ${format(change.after)}  ${formatPercent(change)}${p}`;
}

/** Writes the values of a series at the scale that they have in common. */
export function seriesFormat({ points, unit }: HistorySeries): (value: number) => string {
  const scale = commonScale(
    points.map(({ median }) => median),
    unitClass(unit),
  );
  return (value) => scale.format(value);
}

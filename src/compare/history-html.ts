import { escapeHtml, formatHtmlPage } from '../table/html.js';
import type { HistoryPoint, HistoryRun, HistorySeries } from './history.js';
import { formatChange, seriesFormat } from './history-text.js';

/** A history as a page of HTML that stands alone: a picture and a list of changes for each series. */
export function historyHtml(series: readonly HistorySeries[], runs: readonly HistoryRun[]): string {
  const sections = series.map((one) => `${section(one, runs)}\n`);
  return formatHtmlPage({
    title: 'Benchmark history',
    style,
    body: `<h1>Benchmark history</h1>\n${sections.join('')}`,
  });
}

const style = `:root { color-scheme: light dark; --ink: #222; --soft: #6b6b6b; --paper: #fff; --line: #2563a8; --band: #2563a833; --better: #1a7f37; --worse: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e4e4; --soft: #a0a0a0; --paper: #1b1b1b; --line: #79b0ea; --band: #79b0ea40; --better: #57c274; --worse: #ff8f85; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 2em 0 .3em; } .unit, .axis { color: var(--soft); }
svg { width: 100%; height: auto; } .axis { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--soft); stroke-opacity: .3; }
.line { fill: none; stroke: var(--line); stroke-width: 2; } .band { fill: var(--band); } .point { fill: var(--line); }
.better { color: var(--better); stroke: var(--better); } .worse { color: var(--worse); stroke: var(--worse); } .same { stroke: var(--soft); }
.change { stroke-dasharray: 4 3; } li { stroke: none; } code { font: 13px ui-monospace, monospace; }`;

const [width, height] = [900, 220];
const margin = { left: 80, right: 20, top: 14, bottom: 34 } as const;

function section(series: HistorySeries, runs: readonly HistoryRun[]): string {
  const format = seriesFormat(series);
  const changes = series.changes.map(
    (change) =>
      `<li class="${change.verdict}"><code>${escapeHtml(runs[change.run]?.label ?? '')}</code> ${escapeHtml(formatChange(change, format))}</li>`,
  );
  const list = changes.length === 0 ? '<p class="unit">no change</p>' : `<ul>\n${changes.join('\n')}\n</ul>`;
  return `<section>
<h2>${escapeHtml(series.name)} <span class="unit">${escapeHtml(series.unit)}</span></h2>
${picture(series, runs)}
${list}
</section>`;
}

function picture(series: HistorySeries, runs: readonly HistoryRun[]): string {
  const { points, changes, name, unit } = series;
  const format = seriesFormat(series);
  const place = placing(points, runs.length);
  const at = (point: HistoryPoint, value: number): string => `${place.x(point.run)},${place.y(value)}`;
  const band = [
    ...points.map((point) => at(point, point.high)),
    ...[...points].reverse().map((point) => at(point, point.low)),
  ];
  const labels = place.ticks.map(
    (value) =>
      `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${place.y(value)}" y2="${place.y(value)}"/>` +
      `<text class="axis" text-anchor="end" x="${margin.left - 8}" y="${place.y(value) + 4}">${escapeHtml(format(value))}</text>`,
  );
  const marks = changes.map(
    ({ run, verdict }) =>
      `<line class="change ${verdict}" x1="${place.x(run)}" x2="${place.x(run)}" y1="${margin.top}" y2="${height - margin.bottom}"/>`,
  );
  const dots = points.map((point) => {
    const title = `${runs[point.run]?.label}: ${format(point.median)} (${format(point.low)} to ${format(point.high)}, n=${point.count})`;
    return `<circle class="point" cx="${place.x(point.run)}" cy="${place.y(point.median)}" r="4"><title>${escapeHtml(title)}</title></circle>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`${name} ${unit}, ${points.length} runs`)}">
${labels.join('\n')}
<polygon class="band" points="${band.join(' ')}"/>
${marks.join('\n')}
<polyline class="line" points="${points.map((point) => at(point, point.median)).join(' ')}"/>
${dots.join('\n')}
${runLabels(points, runs, place)}
</svg>`;
}

/** The names of the first and the last run. */
function runLabels(points: readonly HistoryPoint[], runs: readonly HistoryRun[], place: Placing): string {
  const ends =
    points.length > 1
      ? ([
          [points[0], 'start'],
          [points.at(-1), 'end'],
        ] as const)
      : ([[points[0], 'middle']] as const);
  const texts = ends.map(([point, anchor]) => {
    const run = point?.run ?? 0;
    return `<text class="axis" text-anchor="${anchor}" x="${place.x(run)}" y="${height - 10}">${escapeHtml(runs[run]?.label ?? '')}</text>`;
  });
  return texts.join('\n');
}

interface Placing {
  readonly ticks: readonly number[];
  x(run: number): number;
  y(value: number): number;
}

/** Where runs and values are in the picture; values start at 0, so that heights can be compared. */
function placing(points: readonly HistoryPoint[], runs: number): Placing {
  const top = points.reduce((most, { high }) => Math.max(most, high), 0) || 1;
  const bottom = points.reduce((least, { low }) => Math.min(least, low), 0);
  const [wide, high] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    ticks: [bottom, (bottom + top) / 2, top],
    x: (run) => round(margin.left + (runs > 1 ? (wide * run) / (runs - 1) : wide / 2)),
    y: (value) => round(margin.top + (high * (top - value)) / (top - bottom)),
  };
}

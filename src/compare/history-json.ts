import { ratio } from './delta.js';
import type { HistoryRun, HistorySeries } from './history.js';

/** A history as JSON; the shape is documented in docs/formats.md. */
export function historyJson(series: readonly HistorySeries[], runs: readonly HistoryRun[]): string {
  const json = {
    runs: runs.map(({ label, file, commit, time }) => ({
      label,
      file,
      commit: commit ?? null,
      time: time === undefined ? null : new Date(time).toISOString(),
    })),
    series: series.map(({ changes, ...rest }) => ({
      ...rest,
      changes: changes.map(({ p, ...change }) => ({
        ...change,
        delta: finite(100 * ratio(change) - 100),
        p: p ?? null,
      })),
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

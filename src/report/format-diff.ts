import { Grid } from '../table/grid.js';
import { type MarkdownColumn, markdownTable } from '../table/markdown.js';
import { joinPieces } from '../table/pieces.js';
import { formatFixed, formatSigned } from '../unit/fixed.js';
import { commonScale, type MetricScale } from '../unit/metric-scale.js';
import type { DiffRow } from './diff.js';
import type { CostUnit } from './profile-costs.js';

/** Functions of two sides, and what to say about them. */
export interface Diff {
  readonly unit: CostUnit;
  /** How many profiles each side has. */
  readonly sizes: readonly [number, number];
  readonly confidence: number;
  /** Those that differ first. */
  readonly rows: readonly DiffRow[];
}

const titles = ['old', 'new', 'delta', 'interval', 'p', 'p (Holm)'] as const;

/** The differences as text. */
export function formatDiff(diff: Diff): string {
  const grid = new Grid([
    ...titles.map(() => ({ align: 'right', margin: '  ' }) as const),
    { align: 'left', margin: '  ' },
  ]);
  grid.row([...titles, 'function']);
  for (const cells of diff.rows.map((row) => rowCells(row, diff))) grid.row(cells);
  return (
    diffLabels(diff)
      .map((label) => `${label}\n`)
      .join('') + joinPieces(grid.pieces())
  );
}

/** The differences in Markdown. */
export function diffMarkdown(diff: Diff): string {
  const columns: MarkdownColumn[] = [
    ...titles.map((title): MarkdownColumn => ({ title, align: 'right' })),
    { title: 'function', align: 'left' },
  ];
  return `${diffLabels(diff).join('  \n')}\n\n${markdownTable(
    columns,
    diff.rows.map((row) => rowCells(row, diff)),
  )}`;
}

/** What is compared, and what came of it. */
function diffLabels({ unit, sizes, confidence, rows }: Diff): string[] {
  const per =
    unit.per === 'operation' ? 'per operation' : 'as a share of the total (operations are not known)';
  const count = rows.filter(({ isSignificant }) => isSignificant).length;
  const level = `${formatFixed(100 * confidence, 2).replace(/\.?0+$/, '')}%`;
  return [
    `${unit.type} ${per}; medians of ${sizes[0]} old and ${sizes[1]} new profiles, intervals at ${level}`,
    `${count === 0 ? 'no function differs' : `${count} of ${rows.length} functions differ`} (p adjusted by Holm's method)`,
  ];
}

function rowCells(
  { name, before, after, shift, p, adjusted, isSignificant }: DiffRow,
  { unit }: Diff,
): string[] {
  const percent = (value: number): string => {
    if (before === 0) return value === 0 ? '+0.00%' : Number.isFinite(value) ? '?' : formatSigned(value, 0);
    return `${formatSigned((100 * value) / before, 2)}%`;
  };
  const show = valueFormat([before, after], unit);
  const delta = isSignificant ? percent(after - before) : '~';
  return [
    ...[show(before), show(after), delta, `[${percent(shift.low)}, ${percent(shift.high)}]`],
    ...[formatFixed(p, 3), formatFixed(adjusted, 3), name],
  ];
}

function valueFormat(values: readonly number[], { per, unit }: CostUnit): (value: number) => string {
  if (per === 'total') return (value) => `${formatFixed(100 * value, 2)}%`;
  const isTime = unit === 'nanoseconds';
  const scaled = values.map((value) => (isTime ? value * 1e-9 : value));
  const scale = commonScale(scaled, unit === 'bytes' ? 'binary' : 'decimal');
  const suffix = isTime ? 's' : unit === 'bytes' ? 'B' : '';
  return (value) => `${inScale(isTime ? value * 1e-9 : value, scale)}${suffix}`;
}

function inScale(value: number, scale: MetricScale): string {
  return value === 0 ? '0' : scale.format(value);
}

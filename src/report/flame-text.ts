import type { FlameTree } from '../graph/flame-tree.js';
import { clipped, displayWidth, printable } from '../text/display-width.js';
import { percentage } from '../unit/percentage.js';
import { type Flame, flameBoxes } from './flame.js';
import { type FlameCell, flameRows, type PackageShare, packageShares } from './flame-rows.js';
import type { FramePackage } from './frame-package.js';
import { profileLabels } from './labels.js';
import type { Report } from './report.js';

/** What the look of a box depends on. */
export interface BoxFacts {
  readonly box: number;
  readonly package: FramePackage;
  /** In a difference: what changed, as a share of the total; 0 elsewhere. */
  readonly change: number;
}

/** Shows the text of a box; its width stays. */
export type PaintBox = (text: string, facts: BoxFacts) => string;

/** How a flame graph is printed. */
export interface FlameTextOptions {
  /** Columns of the picture, at least 20. */
  readonly columns: number;
  /** What a box is filled with behind its name: a line where there are no colours, `─`. */
  readonly fill: ' ' | '─';
  readonly paint: PaintBox;
}

/** A flame graph as text: a row for each depth, callers above what they call, and what each package has spent. */
export function formatFlame(flame: Flame, report: Report, options: FlameTextOptions): string {
  const labels = profileLabels(report, flame.format);
  const tree = flameBoxes(flame, { minShare: 0.5 / options.columns });
  const rows = flameRows(tree, options.columns).map((cells) => flameLine({ flame, tree, cells }, options));
  return `${[...labels, ...rows, '', ...packageLines(flame, options)].join('\n')}\n`;
}

/** A row of a flame graph. */
export interface FlameLine {
  readonly flame: Flame;
  readonly tree: FlameTree;
  readonly cells: readonly FlameCell[];
}

/**
 * A row as a line. Without colours a box is `│name 12%───`, and what a function spent itself is the gap at its right;
 * with colours, the box is filled.
 */
export function flameLine(
  { flame, tree, cells }: FlameLine,
  { fill, paint }: Omit<FlameTextOptions, 'columns'>,
): string {
  let line = '';
  let at = 0;
  for (const cell of cells) {
    line += ' '.repeat(Math.max(0, cell.start - at));
    const text = cellText(boxLabel(flame, tree, cell.box), cell.width, fill);
    line += paint(text, boxFacts(flame, tree, cell.box));
    at = cell.start + cell.width;
  }
  return line.trimEnd();
}

function cellText(label: string, width: number, fill: string): string {
  const text = clipped(label, width - 1);
  const free = width - 1 - displayWidth(text);
  return `│${text}${fill.repeat(Math.max(0, free))}`;
}

/** Name and share of a box. */
export function boxLabel({ frames, total, isDiff, format }: Flame, tree: FlameTree, box: number): string {
  const [cum, before] = [tree.cum[box] ?? 0, tree.before[box] ?? 0];
  const name = box === 0 ? 'root' : printable(frames[tree.node[box] ?? 0]?.name ?? '');
  const change = `${cum > 0 ? '+' : ''}${format(BigInt(Math.round(cum)))}`;
  const value = isDiff ? change : percentage(cum, total).trim();
  return isDiff && cum === 0 && before !== 0 ? name : `${name} ${value}`;
}

function boxFacts({ frames, total, isDiff }: Flame, tree: FlameTree, box: number): BoxFacts {
  const change = isDiff && total !== 0 ? (tree.cum[box] ?? 0) / Math.abs(total) : 0;
  const rootPackage: FramePackage = { kind: 'native', name: 'root' };
  return {
    box,
    package: (box === 0 ? undefined : frames[tree.node[box] ?? 0]?.package) ?? rootPackage,
    change,
  };
}

/** Packages with what was spent in them, a line each. */
function packageLines(flame: Flame, { fill, paint }: FlameTextOptions): string[] {
  const shares = packageShares(flame);
  const values = shares.map(({ flat }) => flame.format(BigInt(Math.round(flat))));
  const width = Math.max(4, ...values.map((value) => value.length));
  const row = ({ package: own, flat }: PackageShare, i: number): string => {
    const mark = fill === '─' ? '' : `${paint('  ', { box: -1, package: own, change: 0 })} `;
    return `${mark}${(values[i] ?? '').padStart(width)} ${percentage(flat, flame.total).padStart(6)}  ${printable(own.name)}`;
  };
  const shown = shares.slice(0, mostPackages);
  const left = shares.length - shown.length;
  return [...shown.map(row), ...(left > 0 ? [`${' '.repeat(width + 9)}and ${left} more packages`] : [])];
}

const mostPackages = 12;

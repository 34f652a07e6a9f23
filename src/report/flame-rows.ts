import type { FlameTree } from '../graph/flame-tree.js';
import type { Flame } from './flame.js';
import type { FramePackage } from './frame-package.js';

/** A box of a flame graph on a terminal. */
export interface FlameCell {
  /** Number of the box in its tree. */
  readonly box: number;
  /** The first column, from 0, and how many there are, at least one. */
  readonly start: number;
  readonly width: number;
}

/** Boxes in rows of so many columns, the root first; those that would have no column are left out. */
export function flameRows(tree: FlameTree, columns: number): FlameCell[][] {
  const total = tree.width[0] ?? 0;
  const place = (value: number): number => (total === 0 ? 0 : Math.round((value / total) * columns));
  const rows: FlameCell[][] = [];
  for (let depth = 0; depth + 1 < tree.row.length; depth++) {
    const cells: FlameCell[] = [];
    for (let box = tree.row[depth] ?? 0; box < (tree.row[depth + 1] ?? 0); box++) {
      const [from, width] = [tree.start[box] ?? 0, tree.width[box] ?? 0];
      const start = place(from);
      const end = place(from + width);
      if (end > start) cells.push({ box, start, width: end - start });
    }
    if (cells.length > 0) rows.push(cells);
  }
  return rows;
}

/** What was spent in the functions of a package themselves; less what was spent before. */
export interface PackageShare {
  readonly package: FramePackage;
  readonly flat: number;
}

/** The packages of a flame graph's functions, by what was spent in them, most first. */
export function packageShares({ frames, paths }: Flame): PackageShare[] {
  const shares = new Map<string, { package: FramePackage; flat: number }>();
  for (let i = 0; i < paths.count; i++) {
    const end = paths.start[i + 1] ?? 0;
    if (end === paths.start[i]) continue;
    const own = frames[paths.nodes[end - 1] ?? 0]?.package;
    if (own === undefined) continue;
    const share = shares.get(own.name) ?? { package: own, flat: 0 };
    share.flat += (paths.after[i] ?? 0) - (paths.before[i] ?? 0);
    shares.set(own.name, share);
  }
  return [...shares.values()].sort(
    (a, b) => Math.abs(b.flat) - Math.abs(a.flat) || (a.package.name < b.package.name ? -1 : 1),
  );
}

import { type Flame, flameBoxes } from './flame.js';
import { packageShares } from './flame-rows.js';
import { jsonHead } from './json.js';
import type { Report } from './report.js';

/** `prof flame --json`: all boxes, row by row from the root. */
export function flameJson(flame: Flame, report: Report): unknown {
  const tree = flameBoxes(flame, { minShare: 0 });
  const boxes: unknown[] = [];
  for (let depth = 0; depth + 1 < tree.row.length; depth++) {
    for (let box = tree.row[depth] ?? 0; box < (tree.row[depth + 1] ?? 0); box++) {
      const frame = box === 0 ? undefined : flame.frames[tree.node[box] ?? 0];
      boxes.push({
        depth,
        parent: box === 0 ? null : (tree.parent[box] ?? 0),
        ...{ name: frame?.name ?? 'root', file: frame?.file ?? '', line: frame?.line ?? 0 },
        package: frame?.package ?? null,
        ...{ start: tree.start[box], width: tree.width[box], flat: tree.flat[box], cum: tree.cum[box] },
        before: tree.before[box],
      });
    }
  }
  return { ...jsonHead(report), isDiff: flame.isDiff, boxes, packages: packageShares(flame) };
}

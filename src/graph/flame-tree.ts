import { type FlameTreeOptions, type GrownTree, TreeGrower } from './grow-flame.js';
import type { SamplePaths } from './sample-paths.js';

/**
 * The boxes of a flame graph in columns, row by row from the root, each row from left to right. Box 0 is the
 * root, which stands for no node; all others have their parent in the row above.
 */
export interface FlameTree {
  readonly count: number;
  /** The boxes of depth d stand at `row[d]` to `row[d + 1]` (exclusive). */
  readonly row: Uint32Array;
  /** By number in the node table; of the root 0, which says nothing. */
  readonly node: Uint32Array;
  /** By box; of the root 0. */
  readonly parent: Uint32Array;
  /** Where the box begins and how wide it is, in units of the sample type; the root starts at 0. */
  readonly start: Float64Array;
  /** What there is, or was before, where that is more. */
  readonly width: Float64Array;
  /** Spent in the box itself; less what was spent before. */
  readonly flat: Float64Array;
  /** Spent in the box and all above it; less what was spent before. */
  readonly cum: Float64Array;
  /** What was spent in cum before: 0 everywhere but in a difference. */
  readonly before: Float64Array;
}

/**
 * The flame graph of samples: siblings with one node are one box, widest first, equally wide ones in the order of
 * `compareNodes`. What a box spent itself is the gap at its right.
 *
 *     // samples     boxes, as wide as their numbers
 *     // a b 2       root 6
 *     // a c 3       a 6
 *     // a 1         c 3 · b 2
 *
 * The work grows with the samples in the boxes that are wide enough, not with the tree.
 */
export function flameTree(
  paths: SamplePaths,
  compareNodes: (a: number, b: number) => number,
  options: FlameTreeOptions,
): FlameTree {
  const grown = new TreeGrower(paths, options).grow();
  return laidOut(grown, widthsOf(grown, options.path?.length ?? 0), compareNodes);
}

/**
 * What a box spent itself was there or was there before, and so is as wide as the larger of the two; the boxes above
 * it are as wide as they are. Below the box that fills the picture nothing but the way to it counts.
 */
function widthsOf({ count, children, depth, parent, sums }: GrownTree, pathLength: number): Float64Array {
  const width = new Float64Array(count);
  const [shownAfter, shownBefore] = [new Float64Array(count), new Float64Array(count)];
  for (let box = count - 1; box >= 0; box--) {
    const isOnTheWay = depth[box]! < pathLength && children[box] !== children[box + 1];
    const restAfter = sums.cumAfter[box]! - shownAfter[box]!;
    const restBefore = sums.cumBefore[box]! - shownBefore[box]!;
    if (!isOnTheWay) width[box]! += Math.max(restAfter, restBefore, 0);
    if (box === 0) break;
    width[parent[box]!]! += width[box]!;
    shownAfter[parent[box]!]! += sums.cumAfter[box]!;
    shownBefore[parent[box]!]! += sums.cumBefore[box]!;
  }
  return width;
}

/** The boxes in rows, siblings in their order. */
function laidOut(
  grown: GrownTree,
  widths: Float64Array,
  compareNodes: (a: number, b: number) => number,
): FlameTree {
  const { count, node, children, depth, sums } = grown;
  const order = new Uint32Array(count);
  const parent = new Uint32Array(count);
  const start = new Float64Array(count);
  let end = 1;
  for (let i = 0; i < end; i++) {
    const box = order[i]!;
    const own = Array.from(
      { length: children[box + 1]! - children[box]! },
      (_, child) => children[box]! + child,
    );
    own.sort((a, b) => widths[b]! - widths[a]! || compareNodes(node[a]!, node[b]!));
    let from = start[i]!;
    for (const child of own) {
      order[end] = child;
      parent[end] = i;
      start[end++] = from;
      from += widths[child]!;
    }
  }
  const picked = (values: ArrayLike<number>): Float64Array => Float64Array.from(order, (box) => values[box]!);
  return {
    ...{ count, parent, start },
    row: rowsOf(order, depth),
    node: order.map((box) => node[box]!),
    width: picked(widths),
    flat: Float64Array.from(order, (box) => sums.flatAfter[box]! - sums.flatBefore[box]!),
    cum: Float64Array.from(order, (box) => sums.cumAfter[box]! - sums.cumBefore[box]!),
    before: picked(sums.cumBefore),
  };
}

/** Where the rows of boxes begin that come row by row, and where the last one ends. */
function rowsOf(order: Uint32Array, depth: Uint32Array): Uint32Array {
  const rows = [0];
  for (const [i, box] of order.entries()) if (depth[box]! === rows.length) rows.push(i);
  return Uint32Array.from([...rows, order.length]);
}

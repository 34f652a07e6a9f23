import type { FlameColumns } from './answers.js';

/** The part of a flame graph's width that is seen. */
export interface Span {
  /** In the tree's own unit. */
  readonly from: number;
  readonly to: number;
}

/** What a line of pixels is painted with: colours as pixels of an image have them, bytes red, green, blue, alpha. */
export interface LinePaint {
  /** By box. */
  readonly colors: Uint32Array;
  readonly background: number;
}

/**
 * Paints the boxes of a row into a line of pixels, which is all there is to say of a row: its other lines look the
 * same. Boxes of three pixels or more end with one of the background, so that they can be told apart.
 *
 * @param line - as long as the picture is wide
 * @param row - which row of the columns
 */
export function paintRow(
  line: Uint32Array,
  { columns, row, span }: { readonly columns: FlameColumns; readonly row: number; readonly span: Span },
  { colors, background }: LinePaint,
): void {
  line.fill(background);
  const { start, width } = columns;
  const scale = line.length / (span.to - span.from);
  const end = columns.row[row + 1] ?? 0;
  for (let box = firstBox(columns, row, span.from); box < end; box++) {
    const left = start[box] ?? 0;
    if (left >= span.to) break;
    const from = Math.max(0, Math.round((left - span.from) * scale));
    const to = Math.min(line.length, Math.round((left + (width[box] ?? 0) - span.from) * scale));
    const color = colors[box] ?? background;
    if (to - from >= 3) line.fill(color, from, to - 1);
    else if (to > from) line.fill(color, from, to);
    else if (line[from] === background) line[from] = color;
  }
}

/** The first box of a row that ends behind a place; the row's end where there is none. */
export function firstBox({ row, start, width }: FlameColumns, depth: number, place: number): number {
  let low = row[depth] ?? 0;
  let high = row[depth + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[middle] ?? 0) + (width[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The box of a row at a place; undefined where there is none. */
export function boxAt(columns: FlameColumns, depth: number, place: number): number | undefined {
  const box = firstBox(columns, depth, place);
  const isThere = box < (columns.row[depth + 1] ?? 0) && (columns.start[box] ?? 0) <= place;
  return isThere ? box : undefined;
}

/** How many rows there are, the root's included. */
export function rowCount({ row }: FlameColumns): number {
  return row.length - 1;
}

/** The box with that path of frames, by their numbers in addresses; undefined where there is none. */
export function boxOfPath(
  columns: FlameColumns,
  path: readonly number[],
  idOf: (frame: number) => number,
): number | undefined {
  let box = 0;
  for (const [depth, id] of path.entries()) {
    const [from, end] = [columns.row[depth + 1] ?? 0, columns.row[depth + 2] ?? 0];
    let child = firstBox(columns, depth + 1, columns.start[box] ?? 0);
    child = Math.max(child, from);
    while (child < end && !(columns.parent[child] === box && idOf(columns.frame[child] ?? -1) === id))
      child++;
    if (child >= end) return undefined;
    box = child;
  }
  return box;
}

/** The frames from the root to a box, by their numbers in addresses. */
export function pathOf(columns: FlameColumns, box: number, idOf: (frame: number) => number): number[] {
  const path: number[] = [];
  for (let at = box; at !== 0; at = columns.parent[at] ?? 0) path.push(idOf(columns.frame[at] ?? -1));
  return path.reverse();
}

/** How much of a flame graph is in boxes that are meant, or above one that is. */
export function meantWidth(columns: FlameColumns, isMeant: (frame: number) => boolean): number {
  const isIn = new Uint8Array(columns.frame.length);
  let sum = 0;
  for (let box = 1; box < columns.frame.length; box++) {
    const isBelow = isIn[columns.parent[box] ?? 0] === 1;
    if (!isBelow && !isMeant(columns.frame[box] ?? -1)) continue;
    isIn[box] = 1;
    if (!isBelow) sum += columns.width[box] ?? 0;
  }
  return sum;
}

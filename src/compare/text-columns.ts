/** Center, range and footnotes of every column. */
export const centerWidth = 3;
/** Change, test and footnotes of all columns but the first. */
export const deltaWidth = 3;

/** The first column of the grid that belongs to a column of the table; column 0 has the rows' names. */
export function startOf(column: number): number {
  return column === 0 ? 1 : 1 + centerWidth + (column - 1) * (centerWidth + deltaWidth);
}

/** Whether a column of the grid has changes, and which column of the table it belongs to. */
export function isDeltaColumn(column: number): boolean {
  return column > centerWidth && (column - 1 - centerWidth) % (centerWidth + deltaWidth) === centerWidth;
}

/** How columns are laid out; each field's default is Go's zero value. */
export interface TabLayout {
  /** Least width of a column, padding included. */
  readonly minWidth?: number;
  /** Columns between the longest cell and the next cell. */
  readonly padding?: number;
  /** One character that fills a cell; a space by default. */
  readonly padChar?: string;
  /** Puts the filling before a cell's text instead of behind it. */
  readonly alignRight?: boolean;
}

/**
 * Text whose cells end in tabs, laid out in columns as Go's `text/tabwriter` does.
 *
 * A cell is text that a tab ends; what stands behind a line's last tab belongs to no column. A
 * column goes on for as long as lines have a cell in it, so an empty line ends all of them. Widths
 * are counted in code points, as Go counts runes, not in places of a terminal.
 *
 * @see https://pkg.go.dev/text/tabwriter
 */
export function layoutTabs(text: string, layout: TabLayout = {}): string {
  const { minWidth = 0, padding = 0, padChar = ' ', alignRight = false } = layout;
  const lines = cellsOf(text);
  const widths = columnWidths(lines, minWidth, padding);
  const fill = (cell: string, width: number | undefined): string => {
    const space = padChar.repeat(Math.max(0, (width ?? 0) - runeCount(cell)));
    return alignRight ? space + cell : cell + space;
  };
  return lines.map((cells, i) => cells.map((cell, j) => fill(cell, widths[i]?.[j])).join('')).join('\n');
}

function cellsOf(text: string): string[][] {
  const lines = text.split('\n').map((line) => line.split('\t'));
  // Go forgets the empty cell behind a tab that ends the whole text, so the cell before it is its line's last.
  const last = lines.at(-1);
  if (last !== undefined && last.length > 1 && last.at(-1) === '') last.pop();
  return lines;
}

/** The width of each cell that a tab ends, by line and column. */
function columnWidths(lines: readonly (readonly string[])[], minWidth: number, padding: number): number[][] {
  const widths: number[][] = lines.map(() => []);
  const columns = lines.reduce((most, cells) => Math.max(most, cells.length - 1), 0);
  for (let column = 0; column < columns; column++) {
    for (const block of blocksOf(lines, column)) {
      const longest = block.reduce((most, line) => Math.max(most, runeCount(lines[line]?.[column] ?? '')), 0);
      for (const line of block) widths[line]?.push(Math.max(minWidth, longest + padding));
    }
  }
  return widths;
}

/** The runs of neighbouring lines with a cell in `column`, as line indices. */
function blocksOf(lines: readonly (readonly string[])[], column: number): number[][] {
  const blocks: number[][] = [];
  let open: number[] | undefined;
  for (const [line, cells] of lines.entries()) {
    if (cells.length - 1 <= column) open = undefined;
    else if (open === undefined) blocks.push((open = [line]));
    else open.push(line);
  }
  return blocks;
}

function runeCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** A cell of a head or foot row. */
export interface GridCell {
  readonly column: number;
  /** How many columns it covers; 1 by default. */
  readonly span?: number;
  readonly text: string;
  /** What stands before the text; a blank by default, nothing in the first column or before an empty text. */
  readonly margin?: string;
  readonly align?: 'left' | 'center' | 'right';
}

/** A column, as its cells in body rows are. */
export interface GridColumn {
  readonly align: 'left' | 'right';
  /** What stands before texts that are not empty; a blank by default, nothing in the first column. */
  readonly margin?: string;
  /** Does not grow where a cell of several columns needs room. */
  readonly isTight?: boolean;
}

/** Changes how a text is shown without changing its width, such as its colour. */
export type Paint = (column: number, text: string) => string;

/** No text of one line has it. */
const separator = '\n';

/**
 * A table of text with cells over several columns. Widths are counted in code points. Rows of the body are kept as one
 * string each, so that there may be many.
 */
export class Grid {
  readonly #columns: readonly GridColumn[];
  readonly #head: (readonly GridCell[])[] = [];
  readonly #body: string[] = [];
  readonly #foot: (readonly GridCell[])[] = [];
  /** The longest margin and the longest text of cells of one column, by column. */
  readonly #margins: number[] = [];
  readonly #widths: number[] = [];

  constructor(columns: readonly GridColumn[]) {
    this.#columns = columns;
  }

  /** Adds a row above the body. */
  head(cells: readonly GridCell[]): void {
    this.#head.push(cells);
  }

  /** Adds a row below the body. */
  foot(cells: readonly GridCell[]): void {
    this.#foot.push(cells);
  }

  /** Adds a row of the body: its texts by column; an empty one is no cell. */
  row(texts: readonly string[]): void {
    for (const [column, text] of texts.entries()) if (text !== '') this.#fit(this.#cell(column, text));
    this.#body.push(texts.join(separator));
  }

  /** The lines, without line breaks and without blanks at their ends. */
  *lines(paint: Paint = (_, text) => text): Generator<string> {
    const starts = runningSums(this.#measure());
    const line = (cells: readonly GridCell[]): string => this.#line(cells, { starts, paint });
    for (const cells of this.#head) yield line(cells);
    for (const row of this.#body) yield line(this.#cells(row));
    for (const cells of this.#foot) yield line(cells);
  }

  /** The cells of a body row. */
  #cells(row: string): GridCell[] {
    const cells: GridCell[] = [];
    for (const [column, text] of row.split(separator).entries()) {
      if (text !== '') cells.push(this.#cell(column, text));
    }
    return cells;
  }

  #cell(column: number, text: string): GridCell {
    const { align = 'left', margin } = this.#columns[column] ?? {};
    return margin === undefined ? { column, text, align } : { column, text, align, margin };
  }

  /** Makes room for a cell of one column; of one that covers more, for its margin. */
  #fit(cell: GridCell): void {
    const { column, text, span = 1 } = cell;
    while (this.#widths.length < column + span) {
      this.#widths.push(0);
      this.#margins.push(0);
    }
    this.#margins[column] = Math.max(this.#margins[column] ?? 0, runeCount(marginOf(cell)));
    if (span === 1) this.#widths[column] = Math.max(this.#widths[column] ?? 0, runeCount(text));
  }

  /** The columns' widths with their margins. */
  #measure(): number[] {
    const cells = [...this.#head, ...this.#foot].flat();
    for (const cell of cells) this.#fit(cell);
    const widths = this.#widths.map((width, i) => width + (this.#margins[i] ?? 0));
    // Cells of few columns first, since they may make room enough for those of more.
    const wide = cells.filter(({ span = 1 }) => span > 1);
    for (const cell of wide.sort((a, b) => (a.span ?? 1) - (b.span ?? 1))) this.#makeRoom(cell, widths);
    return widths;
  }

  /** Widens columns evenly, but those that are wide enough or tight, until the cell fits. */
  #makeRoom({ column, span = 1, text }: GridCell, widths: number[]): void {
    const columns = Array.from({ length: span }, (_, i) => column + i);
    const width = (i: number): number => widths[i] ?? 0;
    let need = runeCount(text) + (this.#margins[column] ?? 0);
    if (columns.reduce((sum, i) => sum + width(i), 0) >= need) return;
    for (const i of columns) if (this.#columns[i]?.isTight) need -= width(i);
    const loose = columns.filter((i) => !this.#columns[i]?.isTight).sort((a, b) => width(b) - width(a));
    for (const [done, i] of loose.entries()) {
      widths[i] = Math.max(width(i), Math.ceil(need / (loose.length - done)));
      need -= width(i);
    }
  }

  #line(cells: readonly GridCell[], { starts, paint }: { starts: readonly number[]; paint: Paint }): string {
    let line = '';
    let at = 0;
    for (const cell of cells) {
      const { column, span = 1, text, align = 'left' } = cell;
      const margin = marginOf(cell);
      if (text.trim() === '' && margin.trim() === '') continue;
      const start = starts[column] ?? 0;
      const width = this.#margins[column] ?? 0;
      const room = (starts[column + span] ?? starts.at(-1) ?? 0) - start - width;
      // Where all columns below a title are tight, it reaches beyond them; a text behind it then stands as far off
      // as it is too far to the right, as in benchstat.
      const free = room - runeCount(text);
      const before =
        align === 'right' ? Math.max(0, free) : align === 'center' ? Math.abs(Math.trunc(free / 2)) : 0;
      line += ' '.repeat(Math.abs(start - at)) + padStart(margin, width) + ' '.repeat(before);
      line += paint(column, text);
      at = start + width + before + runeCount(text);
    }
    return line;
  }
}

function marginOf({ column, text, margin }: GridCell): string {
  return margin ?? (column === 0 || text === '' ? '' : ' ');
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - runeCount(text))) + text;
}

/** Where each column begins, and the end of the last. */
function runningSums(widths: readonly number[]): number[] {
  const sums = [0];
  for (const [i, width] of widths.entries()) sums.push((sums[i] ?? 0) + width);
  return sums;
}

function runeCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

import { GridBody } from './grid-body.js';
import type { TextPiece } from './pieces.js';
import { type ColumnLayout, type Paint, RowWriter } from './row-writer.js';
import { type AsciiPart, Utf8Text } from './utf8-text.js';

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

/** The body comes in pieces of so many bytes. */
const pieceSize = 1 << 16;

/**
 * A table of text with cells over several columns. Widths are counted in code points. A row of the body costs little
 * more than its texts, so that there may be millions.
 */
export class Grid {
  readonly #columns: readonly GridColumn[];
  readonly #head: (readonly GridCell[])[] = [];
  readonly #body: GridBody;
  readonly #foot: (readonly GridCell[])[] = [];
  /** The longest margin and the longest text of cells of one column, by column. */
  readonly #margins: number[] = [];
  readonly #widths: number[] = [];

  /** What stands before the texts of the body, by column. */
  readonly #bodyMargins: readonly string[];

  constructor(columns: readonly GridColumn[]) {
    this.#columns = columns;
    this.#body = new GridBody(columns.length);
    this.#bodyMargins = columns.map(({ margin }, column) => margin ?? (column === 0 ? '' : ' '));
  }

  /** Adds a row above the body. */
  head(cells: readonly GridCell[]): void {
    this.#head.push(cells);
  }

  /** Adds a row below the body. */
  foot(cells: readonly GridCell[]): void {
    this.#foot.push(cells);
  }

  /** Adds a row of the body: its texts by column; an empty one is no cell. Bytes are no blanks. */
  row(texts: readonly (string | AsciiPart)[]): void {
    const count = this.#columns.length;
    this.#reach(count);
    this.#body.addRow();
    for (let column = 0; column < count; column++) {
      const text = texts[column] ?? '';
      if (typeof text !== 'string') this.#widen(column, this.#body.setAscii(column, text));
      // What stands above it as well has its room already.
      else if (text !== '' && !this.#body.repeat(column, text)) this.#setText(column, text);
    }
  }

  /** The text, in pieces of whole lines; a line has no blanks at its end. */
  *pieces(paint?: Paint): Generator<TextPiece> {
    const starts = runningSums(this.#measure());
    const lines = (rows: readonly (readonly GridCell[])[]): string =>
      rows.map((cells) => `${this.#line(cells, starts, paint)}\n`).join('');
    yield lines(this.#head);
    const writer = new RowWriter(this.#body, this.#layouts(starts), paint);
    const out = new Utf8Text();
    for (let row = 0; row < this.#body.cellCount; row += this.#columns.length) {
      writer.write(row, out);
      if (out.length >= pieceSize) yield out.take();
    }
    yield out.take();
    yield lines(this.#foot);
  }

  #setText(column: number, text: string): void {
    const margin = this.#bodyMargins[column] ?? '';
    // What cannot be seen takes room, and leaves the end of its line alone.
    const isSeen = !isBlank(text) || !isBlank(margin);
    this.#widen(column, isSeen ? this.#body.set(column, text) : text.length);
  }

  /** Makes room for a text of the body. */
  #widen(column: number, width: number): void {
    if (width === 0) return;
    const margin = this.#bodyMargins[column] ?? '';
    if (width > (this.#widths[column] ?? 0)) this.#widths[column] = width;
    if (margin.length > (this.#margins[column] ?? 0)) this.#margins[column] = margin.length;
  }

  /** Where the cells of the body stand. */
  #layouts(starts: readonly number[]): ColumnLayout[] {
    return this.#columns.map(({ align }, column) => ({
      start: (starts[column] ?? 0) + (this.#margins[column] ?? 0),
      end: starts[column + 1] ?? 0,
      margin: this.#bodyMargins[column] ?? '',
      isRight: align === 'right',
    }));
  }

  /** Makes room for a cell of one column; of one that covers more, for its margin. */
  #fit(cell: GridCell): void {
    const { column, text, span = 1 } = cell;
    this.#reach(column + span);
    this.#margins[column] = Math.max(this.#margins[column] ?? 0, runeCount(marginOf(cell)));
    if (span === 1) this.#widths[column] = Math.max(this.#widths[column] ?? 0, runeCount(text));
  }

  /** Makes room for the widths of so many columns. */
  #reach(count: number): void {
    while (this.#widths.length < count) {
      this.#widths.push(0);
      this.#margins.push(0);
    }
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

  #line(cells: readonly GridCell[], starts: readonly number[], paint?: Paint): string {
    let line = '';
    let at = 0;
    for (const cell of cells) {
      const { column, span = 1, text, align = 'left' } = cell;
      const margin = marginOf(cell);
      if (isBlank(text) && isBlank(margin)) continue;
      const start = starts[column] ?? 0;
      const width = this.#margins[column] ?? 0;
      const room = (starts[column + span] ?? starts.at(-1) ?? 0) - start - width;
      // Where all columns below a title are tight, it reaches beyond them; a text behind it then stands as far off
      // as it is too far to the right, as in benchstat.
      const free = room - runeCount(text);
      const before =
        align === 'right' ? Math.max(0, free) : align === 'center' ? Math.abs(Math.trunc(free / 2)) : 0;
      line += blanks(Math.abs(start - at) + width - runeCount(margin)) + margin + blanks(before);
      line += paint?.(column, text) ?? text;
      at = start + width + before + runeCount(text);
    }
    return line;
  }
}

function marginOf({ column, text, margin }: GridCell): string {
  return margin ?? (column === 0 || text === '' ? '' : ' ');
}

/** So many blanks; none where the number is negative. */
function blanks(count: number): string {
  return count > 0 ? ' '.repeat(count) : '';
}

function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 32 && text.trim() === '');
}

/** Where each column begins, and the end of the last. */
function runningSums(widths: readonly number[]): number[] {
  const sums = [0];
  for (const [i, width] of widths.entries()) sums.push((sums[i] ?? 0) + width);
  return sums;
}

/** How many code points a text has. Note: `for … of` a text is ten times as slow. */
function runeCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

import { type AsciiPart, Utf8Text } from './utf8-text.js';

type Column = InstanceType<typeof Uint32Array>;

/**
 * The texts of a grid's body, row by row, and their widths. A text that stands below the same one is kept once: most
 * columns of a long table repeat a few words.
 */
export class GridBody {
  readonly #columnCount: number;
  /** All texts that are kept, one behind the other. */
  readonly #texts = new Utf8Text();
  /** Where each text ends; it begins where the one before ends. Text 0 is the empty one. */
  #ends = new Uint32Array(1 << 8);
  /** How many code points each text has. */
  #widths = new Uint32Array(1 << 8);
  #textCount = 1;
  /** The numbers of the cells' texts. */
  #cells = new Uint32Array(1 << 8);
  #cellCount = 0;
  /** The last text of each column, and its number. */
  readonly #last: string[];
  readonly #lastIds: Uint32Array;

  constructor(columnCount: number) {
    this.#columnCount = columnCount;
    this.#last = Array(columnCount).fill('');
    this.#lastIds = new Uint32Array(columnCount);
  }

  /** How many cells all rows have together; a row has as many as there are columns. */
  get cellCount(): number {
    return this.#cellCount;
  }

  /** Begins a row, whose cells are empty. */
  addRow(): void {
    this.#cellCount += this.#columnCount;
    this.#cells = grown(this.#cells, this.#cellCount);
  }

  /** Sets the text of a column in the last row where the column's last text is the same; tells whether it is. */
  repeat(column: number, text: string): boolean {
    if (text !== this.#last[column]) return false;
    this.#cells[this.#cellCount - this.#columnCount + column] = this.#lastIds[column] ?? 0;
    return true;
  }

  /** Sets the text of a column in the last row; gives how many code points it has. */
  set(column: number, text: string): number {
    const width = this.#texts.write(text);
    this.#last[column] = text;
    this.#lastIds[column] = this.#textCount;
    return this.#add(column, width);
  }

  /** As `set`, for a text that is not likely to be repeated. */
  setAscii(column: number, text: AsciiPart): number {
    if (text.start === text.end) return 0;
    return this.#add(column, this.#texts.writeAscii(text));
  }

  /** The number of a cell's text; 0 where it has none. */
  textOf(cell: number): number {
    return this.#cells[cell] ?? 0;
  }

  /** How many code points a text has. */
  width(id: number): number {
    return this.#widths[id] ?? 0;
  }

  /** A text as a string. */
  text(id: number): string {
    return this.#texts.slice(this.#ends[id - 1] ?? 0, this.#ends[id] ?? 0);
  }

  /** Adds a text to another one. */
  copy(id: number, to: Utf8Text): void {
    to.copy(this.#texts, this.#ends[id - 1] ?? 0, this.#ends[id] ?? 0);
  }

  /** Sets the text written last in the last row. */
  #add(column: number, width: number): number {
    const id = this.#textCount++;
    this.#ends = grown(this.#ends, this.#textCount);
    this.#widths = grown(this.#widths, this.#textCount);
    this.#ends[id] = this.#texts.length;
    this.#widths[id] = width;
    this.#cells[this.#cellCount - this.#columnCount + column] = id;
    return width;
  }
}

/** The same column with room for `length` numbers at least; twice as long where it has to be another. */
function grown(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const larger = new Uint32Array(Math.max(length, 2 * column.length));
  larger.set(column);
  return larger;
}

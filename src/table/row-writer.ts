import type { GridBody } from './grid-body.js';
import { Utf8Text } from './utf8-text.js';

/** Where the cells of a column stand in a line. */
export interface ColumnLayout {
  /** Where texts begin, or where the room for them begins. */
  readonly start: number;
  /** Where the next column begins. */
  readonly end: number;
  /** What stands before a text. */
  readonly margin: string;
  readonly isRight: boolean;
}

/** A cell as it was written last: with the same text behind a cell that ends at the same place it is the same again. */
interface Written {
  text: number;
  /** Where the cell before it ends, and it itself; code points. */
  from: number;
  to: number;
  /** Its bytes, blanks and margin among them, once it has come up twice. */
  readonly bytes: Utf8Text;
}

/** Changes how a text is shown without changing its width, such as its colour. */
export type Paint = (column: number, text: string) => string;

/** Writes the rows of a grid's body. */
export class RowWriter {
  readonly #body: GridBody;
  readonly #columns: readonly ColumnLayout[];
  readonly #paint: Paint | undefined;
  readonly #written: readonly Written[];

  constructor(body: GridBody, columns: readonly ColumnLayout[], paint: Paint | undefined) {
    this.#body = body;
    this.#columns = columns;
    this.#paint = paint;
    this.#written = columns.map(() => ({ text: 0, from: 0, to: 0, bytes: new Utf8Text() }));
  }

  /** Writes a line; `row` is the number of its first cell. */
  write(row: number, out: Utf8Text): void {
    let at = 0;
    for (let column = 0; column < this.#columns.length; column++) {
      const text = this.#body.textOf(row + column);
      if (text !== 0) at = this.#writeCell(column, { text, at }, out);
    }
    out.write('\n');
  }

  /** Writes a cell behind one that ends at `at`; gives where it ends. */
  #writeCell(column: number, { text, at }: { text: number; at: number }, out: Utf8Text): number {
    const written = this.#written[column] as Written; // there is one for each column
    const isSame = written.text === text && written.from === at;
    if (isSame && written.bytes.length > 0) {
      out.copy(written.bytes, 0, written.bytes.length);
      return written.to;
    }
    const start = out.length;
    written.to = this.#writeText(column, { text, at }, out);
    written.text = text;
    written.from = at;
    written.bytes.clear();
    if (isSame) written.bytes.copy(out, start, out.length);
    return written.to;
  }

  #writeText(column: number, { text, at }: { text: number; at: number }, out: Utf8Text): number {
    const { start, end, margin, isRight } = this.#columns[column] as ColumnLayout; // there is one for each column
    const width = this.#body.width(text);
    const free = isRight ? Math.max(0, end - start - width) : 0;
    out.blanks(start - margin.length - at);
    out.write(margin);
    out.blanks(free);
    if (this.#paint === undefined) this.#body.copy(text, out);
    else out.write(this.#paint(column, this.#body.text(text)));
    return start + free + width;
  }
}

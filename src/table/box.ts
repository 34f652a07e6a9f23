import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';

/** A cell of a boxed table. */
export interface BoxCell {
  readonly text: string;
  /** Colour of the text, where colour is wanted. */
  readonly color?: 'green' | 'red';
}

/** How a boxed table is drawn. */
export interface BoxOptions {
  readonly color: boolean;
  /** Places of the terminal; a table that is wider folds the texts of its first column. */
  readonly columns: number;
}

/** Borders and blanks around a cell. */
const cellFrame = 3;

/**
 * A table with lines around its cells, for a terminal: first column to the left, numbers to the right.
 *
 * @param head - the header's cells; every row has as many
 * @returns the table's lines, each ended by a newline
 */
export function formatBox(
  head: readonly string[],
  rows: readonly (readonly BoxCell[])[],
  options: BoxOptions,
): string {
  // Note: cli-table3 and chalk each guess from the environment whether to colour; neither may.
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const width = firstWidth(head, rows, options.columns);
  const folded = (text: string, column: number): string => (column === 0 ? fold(text, width) : text);
  const table = new Table({
    head: head.map((text, i) => chalk.bold(folded(text, i))),
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push(
      row.map(({ text, color }, i) => paint({ text: folded(text, i), ...(color && { color }) }, chalk)),
    );
  }
  return `${table.toString()}\n`;
}

function paint({ text, color }: BoxCell, chalk: ChalkInstance): string {
  return color === undefined ? text : chalk[color](text);
}

/** The text in lines of at most `width` code points. */
function fold(text: string, width: number): string {
  const letters = [...text];
  const lines: string[] = [];
  for (let i = 0; i < letters.length; i += width) lines.push(letters.slice(i, i + width).join(''));
  return lines.join('\n');
}

/** How wide the first column's text may be for the table to fit; never narrower than its title. */
function firstWidth(head: readonly string[], rows: readonly (readonly BoxCell[])[], columns: number): number {
  const others = head.slice(1).map((title, i) => {
    return rows.reduce((most, row) => Math.max(most, row[i + 1]?.text.length ?? 0), title.length);
  });
  const left = columns - 1 - cellFrame - others.reduce((sum, width) => sum + width + cellFrame, 0);
  return Math.max(left, head[0]?.length ?? 1);
}

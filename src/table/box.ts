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
  const first = firstWidth(head, rows, options.columns);
  const table = new Table({
    head: head.map((text) => chalk.bold(text)),
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
    ...(first === undefined ? {} : { colWidths: [first], wordWrap: true, wrapOnWordBoundary: false }),
  });
  for (const row of rows) table.push(row.map((cell) => paint(cell, chalk)));
  return `${table.toString()}\n`;
}

function paint({ text, color }: BoxCell, chalk: ChalkInstance): string {
  return color === undefined ? text : chalk[color](text);
}

/** The width of a first column that must be folded to fit, frame included; undefined where all fits. */
function firstWidth(
  head: readonly string[],
  rows: readonly (readonly BoxCell[])[],
  columns: number,
): number | undefined {
  const widths = head.map((title, i) =>
    rows.reduce((most, row) => Math.max(most, (row[i]?.text ?? '').length), title.length),
  );
  const [first = 0, ...others] = widths;
  const rest = columns - 1 - others.reduce((sum, width) => sum + width + cellFrame, 0);
  if (first + cellFrame <= rest) return undefined;
  return Math.max(rest, 12) - 1;
}

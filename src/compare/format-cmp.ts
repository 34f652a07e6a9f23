import { Grid } from '../table/grid.js';
import { joinPieces, type TextPiece } from '../table/pieces.js';
import type { CmpSection, IgnoredName } from './benchcmp.js';
import { type CmpCells, cmpCells, cmpTitles } from './cmp-cells.js';

/** All sections as benchcmp prints them; see `formatCmpSection`. */
export function formatCmp(sections: Iterable<CmpSection>): string {
  return [...sections].map((section) => joinPieces(formatCmpSection(section))).join('');
}

const columns = [{ align: 'left' }, ...Array(3).fill({ align: 'left', margin: ' '.repeat(5) })];

/**
 * A section as benchcmp prints it, in pieces. Every section but that of the times begins with an empty line, so a
 * comparison without times does as well.
 */
export function* formatCmpSection({ unit, rows }: CmpSection): Generator<TextPiece> {
  const grid = new Grid(columns);
  grid.row(texts(cmpTitles(unit)));
  for (const row of rows) grid.row(texts(cmpCells(row, unit)));
  if (unit !== 'ns/op') yield '\n';
  yield* grid.pieces();
}

/** What benchcmp says of a benchmark that it leaves out. */
export function formatIgnored({ name, before, after }: IgnoredName): string {
  return `ignoring ${name}: before has ${before} instances, after has ${after}\n`;
}

function texts({ name, before, after, delta }: CmpCells): string[] {
  return [name, before, after, delta];
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCsvRow } from '../../src/table/csv.js';
import { Grid } from '../../src/table/grid.js';
import { escapeHtml } from '../../src/table/html.js';
import { joinPieces } from '../../src/table/pieces.js';
import type { Paint } from '../../src/table/row-writer.js';

/** The lines of a grid, without their line breaks. */
function linesOf(grid: Grid, paint?: Paint): string[] {
  return joinPieces(grid.pieces(paint)).split('\n').slice(0, -1);
}

test('Grid: columns as wide as their longest text, margins included', () => {
  const grid = new Grid([{ align: 'left' }, { align: 'right' }, { align: 'right', margin: ' ± ' }]);
  grid.row(['a', '1.5', '2%']);
  grid.row(['long name', '10', '']);
  grid.row(['', '7', '100%']);
  grid.foot([
    { column: 0, text: 'sum' },
    { column: 1, text: '?' },
  ]);
  assert.deepEqual(linesOf(grid), [
    'a         1.5 ±   2%',
    'long name  10',
    '            7 ± 100%',
    'sum       ?',
  ]);
});

test('Grid: a title makes room in the columns below that are not tight', () => {
  const columns = [{ align: 'left' }, { align: 'right' }, { align: 'right', isTight: true }] as const;
  const grid = new Grid(columns);
  grid.head([{ column: 1, span: 2, text: 'a long title', margin: ' | ', align: 'center' }]);
  grid.row(['x', '1', '2']);
  assert.deepEqual(linesOf(grid), ['  | a long title', 'x            1 2']);
});

test('Grid: titles over tight columns only reach beyond them', () => {
  const grid = new Grid([{ align: 'left', isTight: true }, { align: 'left' }]);
  grid.head([
    { column: 0, span: 1, text: 'x' },
    { column: 1, text: '', margin: '|' },
  ]);
  grid.head([{ column: 0, span: 2, text: 'wide', align: 'right' }]);
  assert.deepEqual(linesOf(grid), ['x|', 'wide']);
});

test('Grid: widths are code points; paint does not change them', () => {
  const grid = new Grid([{ align: 'right' }, { align: 'right' }]);
  grid.row(['😀', 'b']);
  grid.row(['ab', 'c']);
  const lines = linesOf(grid, (column, text) => (column === 0 ? `<${text}>` : text));
  assert.deepEqual(lines, [' <😀> b', '<ab> c']);
});

test('formatCsvRow: quotes where they are needed', () => {
  const check = (fields: readonly string[], want: string): void =>
    assert.equal(formatCsvRow(fields), `${want}\n`);
  check([''], '');
  check(['a', '', 'b'], 'a,,b');
  check(['a,b', 'say "x"', 'two\nlines', ' x', '\\.'], '"a,b","say ""x""","two\nlines"," x","\\."');
});

test('escapeHtml: nothing is markup', () => {
  assert.equal(escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
});

test('Grid: as many rows as there are', () => {
  const grid = new Grid([{ align: 'left' }, { align: 'right' }]);
  for (let i = 0; i < 1000; i++) grid.row([`r${i}`, i % 2 === 0 ? '' : String(i)]);
  const lines = linesOf(grid);
  assert.equal(lines.length, 1000);
  assert.deepEqual(lines.slice(255, 258), ['r255 255', 'r256', 'r257 257']); // about where a piece ends
  assert.equal(lines.at(-1), 'r999 999');
});

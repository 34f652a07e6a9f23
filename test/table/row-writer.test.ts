import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GridBody } from '../../src/table/grid-body.js';
import { type ColumnLayout, type Paint, RowWriter } from '../../src/table/row-writer.js';
import { Utf8Text } from '../../src/table/utf8-text.js';

const columns: readonly ColumnLayout[] = [
  { start: 0, end: 4, margin: '', isRight: false },
  { start: 5, end: 8, margin: ' ', isRight: true },
  { start: 10, end: 12, margin: '±', isRight: false },
];

/** The lines of some rows, all written into one text. */
function linesOf(rows: readonly (readonly string[])[], paint?: Paint): string[] {
  const body = new GridBody(columns.length);
  for (const row of rows) {
    body.addRow();
    for (const [column, text] of row.entries())
      if (text !== '' && !body.repeat(column, text)) body.set(column, text);
  }
  const out = new Utf8Text();
  const writer = new RowWriter(body, columns, paint);
  for (let row = 0; row < body.cellCount; row += columns.length) writer.write(row, out);
  return out.slice(0, out.length).split('\n').slice(0, -1);
}

test('RowWriter: texts at their places, left and right', () => {
  assert.deepEqual(
    linesOf([
      ['a', '1', 'x'],
      ['', 'µ😀', ''],
      ['bcd', '', 'y'],
      ['', '', ''],
    ]),
    ['a      1 ±x', '      µ😀', 'bcd      ±y', ''],
  );
});

test('RowWriter: a cell that repeats the one above, in the same place and in another', () => {
  const rows = ['a', 'a', 'a', 'abc', 'abc', 'a', 'a'].map((name) => [name, '1', 'x']);
  const short = 'a      1 ±x';
  const long = 'abc    1 ±x';
  assert.deepEqual(linesOf(rows), [short, short, short, long, long, short, short]);
  const gaps = ['x', 'x', '', 'x', 'x', 'y', 'x'].map((text) => ['a', text === '' ? '' : '1', text]);
  const [x, y] = [short, 'a      1 ±y'];
  assert.deepEqual(linesOf(gaps), [x, x, 'a', x, x, y, x]);
});

test('RowWriter: paint is for the text alone', () => {
  const rows = ['1', '1', '1'].map((text) => ['a', text, '']);
  assert.deepEqual(
    linesOf(rows, (column, text) => (column === 1 ? `<${text}>` : text)),
    Array(3).fill('a      <1>'),
  );
});

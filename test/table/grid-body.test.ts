import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GridBody } from '../../src/table/grid-body.js';

test('GridBody: texts by row and column, their widths, and what stands below the same', () => {
  const body = new GridBody(3);
  const rows = [
    ['a', '', '∞'],
    ['a', 'x', '∞'],
    ['bc', '', ''],
    ['a', 'x', '😀∞'],
  ];
  const widths = rows.map((row) => {
    body.addRow();
    return row.map((text, column) => (text === '' || body.repeat(column, text) ? 0 : body.set(column, text)));
  });
  const texts = rows.map((row, i) => row.map((_, column) => body.text(body.textOf(3 * i + column))));
  assert.equal(body.cellCount, 12);
  assert.deepEqual(texts, rows);
  assert.deepEqual(widths, [
    [1, 0, 1],
    [0, 1, 0], // known already
    [2, 0, 0],
    [1, 0, 2],
  ]);
  assert.equal(body.textOf(0), body.textOf(3)); // kept once
  assert.equal(body.width(body.textOf(11)), 2);
});

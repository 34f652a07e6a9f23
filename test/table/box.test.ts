import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { formatBox } from '../../src/table/box.js';

const head = ['name', 'old', 'delta'];
const rows = [
  [{ text: 'Hi' }, { text: '1662' }, { text: '-9%', color: 'green' }],
  [{ text: 'Parse/size=10' }, { text: '7' }, { text: '+1%', color: 'red' }],
] as const;

const plain = [
  '┌───────────────┬──────┬───────┐',
  '│ name          │  old │ delta │',
  '├───────────────┼──────┼───────┤',
  '│ Hi            │ 1662 │   -9% │',
  '│ Parse/size=10 │    7 │   +1% │',
  '└───────────────┴──────┴───────┘',
  '',
].join('\n');

test('formatBox: lines around cells, numbers to the right', () => {
  assert.equal(formatBox(head, rows, { color: false, columns: 80 }), plain);
});

test('formatBox: colour changes no letter', () => {
  const colored = formatBox(head, rows, { color: true, columns: 80 });
  assert.equal(stripVTControlCharacters(colored), plain);
  assert.match(colored, /\x1b\[32m-9%\x1b\[39m/);
  assert.match(colored, /\x1b\[31m\+1%\x1b\[39m/);
});

test('formatBox: a narrow terminal folds the first column', () => {
  const want = [
    '┌────────────┬──────┬───────┐',
    '│ name       │  old │ delta │',
    '├────────────┼──────┼───────┤',
    '│ Hi         │ 1662 │   -9% │',
    '│ Parse/size │    7 │   +1% │',
    '│ =10        │      │       │',
    '└────────────┴──────┴───────┘',
    '',
  ];
  assert.equal(formatBox(head, rows, { color: false, columns: 29 }), want.join('\n'));
});

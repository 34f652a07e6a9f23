import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipped, displayWidth, printable } from '../../src/text/display-width.js';

test('displayWidth: columns of a terminal', () => {
  const check = (text: string, want: number): void => assert.equal(displayWidth(text), want, text);
  check('', 0);
  check('abc', 3);
  check('größe', 5);
  check('e\u0301', 1); // an accent stands on its letter
  check('計算', 4);
  check('ｆ', 2); // full-width form
  check('한글', 4);
  check('🔥x', 3);
  check('👩‍💻', 2); // joined
  check('│─…', 3);
});

test('clipped: as much as fits, and a sign that there is more', () => {
  const check = (text: string, columns: number, want: string): void =>
    assert.equal(clipped(text, columns), want, `${text} in ${columns}`);
  check('handle', 6, 'handle');
  check('handle', 5, 'hand…');
  check('handle', 2, 'ha');
  check('handle', 0, '');
  check('計算機', 4, '計…'); // half a character is none
  check('計算機', 1, '');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(12), (text, columns) => {
      assert.ok(displayWidth(clipped(text, columns)) <= columns);
    }),
  );
});

test('printable: nothing that a terminal would obey', () => {
  assert.equal(printable('a\x1b[2Jb\nc\u202ed\x9b'), 'a�[2Jb�c�d�');
  assert.equal(printable('größe'), 'größe');
});

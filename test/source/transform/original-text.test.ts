import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { insertAll } from '../../../src/source/transform/insertions.js';
import { originalText } from '../../../src/source/transform/original-text.js';

test('originalText: pieces of a text with insertions', () => {
  const insertions = [
    { offset: 4, text: '<a>' },
    { offset: 2, text: '<b>' },
    { offset: 4, text: '<c>' },
  ];
  const code = insertAll('012345', insertions); // 01<b>23<a><c>45
  const check = (piece: string, want: string | undefined): void =>
    assert.equal(originalText(piece, { code, insertions }), want, piece);
  check(code, '012345');
  check('1<b>2', '12');
  check('<b>23', '23'); // what was put in at its ends
  check('23<a><c>', '23');
  check('<c>4', '4');
  check('01', '01');
  check('21', undefined);
});

test('originalText: the whole is what it was', () => {
  const insertion = fc.record({ offset: fc.nat(20), text: fc.string() });
  fc.assert(
    fc.property(fc.string({ minLength: 20, maxLength: 20 }), fc.array(insertion), (text, insertions) => {
      const code = insertAll(text, insertions);
      assert.equal(originalText(code, { code, insertions }), text);
    }),
  );
});

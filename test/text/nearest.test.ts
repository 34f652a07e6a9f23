import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestWord } from '../../src/text/nearest.js';

test('nearestWord: near is a third of the word, at least one letter', () => {
  const words = ['top', 'list', 'bench', 'node-count', 'cmp'];
  const check = (word: string, want: string | undefined): void =>
    assert.equal(nearestWord(word, words), want, word);
  check('tpo', 'top'); // neighbours swapped
  check('top', 'top');
  check('TOP', 'top');
  check('tops', 'top');
  check('lst', 'list');
  check('bnech', 'bench');
  check('nodecuont', 'node-count'); // three edits of nine letters
  check('nodcnt', undefined);
  check('x', undefined);
  check('', undefined);
  check('compare', undefined);
});

test('nearestWord: finds a known word, whatever the others', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string({ minLength: 1 }), (words, word) => {
      const found = nearestWord(word, [...words, word]);
      assert.equal(found?.toLowerCase(), word.toLowerCase());
    }),
  );
});

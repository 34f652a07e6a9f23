import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinPieces, type TextPiece } from '../../src/table/pieces.js';

test('joinPieces: strings, and bytes of UTF-8', () => {
  const check = (pieces: readonly TextPiece[], want: string): void => assert.equal(joinPieces(pieces), want);
  check([], '');
  check(['a', 'b'], 'ab');
  check(['± ', Buffer.from('2 µ'), '!'], '± 2 µ!');
  check([Buffer.from('\ufeffx')], '\ufeffx'); // a byte order mark is a character like any other
});

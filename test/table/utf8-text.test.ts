import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Utf8Text } from '../../src/table/utf8-text.js';

test('Utf8Text: what was written, and how many code points it has', () => {
  const check = (text: string, count: number): void => {
    const utf8 = new Utf8Text();
    assert.equal(utf8.write(text), count, text);
    assert.equal(utf8.length, Buffer.byteLength(text), text);
    assert.equal(utf8.slice(0, utf8.length), Buffer.from(text).toString());
    assert.deepEqual(Buffer.from(utf8.take()), Buffer.from(text), text);
    assert.equal(utf8.length, 0);
  };
  check('', 0);
  check('sec/op', 6);
  check('µé', 2); // two bytes each
  check('± ∞', 3); // three
  check('a😀b', 3); // four
  check('half \ud83d', 6); // half of a pair becomes U+FFFD
  check('\ufeffx', 2); // a byte order mark is a character like any other
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => check(text, [...text].length)));
});

test('Utf8Text: grows, by texts, blanks and parts of others', () => {
  const utf8 = new Utf8Text();
  for (let i = 0; i < 3000; i++) utf8.write('é');
  const other = new Utf8Text();
  other.blanks(2);
  other.blanks(-1);
  other.copy(utf8, 2, utf8.length);
  assert.equal(other.slice(2, other.length), 'é'.repeat(2999));
  assert.equal(Buffer.from(other.take()).toString(), `  ${'é'.repeat(2999)}`);
});

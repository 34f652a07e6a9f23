import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteTable } from '../../src/benchfmt/byte-table.js';

test('ByteTable: numbers in the order of first appearance, whatever the order of the others', () => {
  const check = (texts: readonly string[], want: readonly number[]): void => {
    const table = new ByteTable();
    assert.deepEqual(
      texts.map((text) => table.internText(text)),
      want,
    );
    assert.equal(table.size, Math.max(-1, ...want) + 1);
    for (const [i, id] of want.entries()) assert.equal(table.text(id), texts[i]);
  };
  check([], []);
  check(['a', 'b', 'c', 'a', 'b', 'c'], [0, 1, 2, 0, 1, 2]); // the same order again
  check(['a', 'b', 'c', 'c', 'b', 'a', 'a'], [0, 1, 2, 2, 1, 0, 0]);
  check(['a', 'a', 'ab', 'a', 'ab', 'abc'], [0, 0, 1, 0, 1, 2]); // beginnings of each other
  check(['', 'a', '', 'a'], [0, 1, 0, 1]);
  check(['µ', '😀', 'µ'], [0, 1, 0]);
  const many = Array.from({ length: 2000 }, (_, i) => `name ${i}`);
  const ids = many.map((_, i) => i);
  check([...many, ...many, ...[...many].reverse()], [...ids, ...ids, ...[...ids].reverse()]);
});

test('ByteTable: bytes that are no UTF-8, and what of a text is ASCII', () => {
  const check = (bytes: Buffer, text: string, isAscii: boolean): void => {
    const table = new ByteTable();
    table.internText('before');
    const id = table.intern(Buffer.concat([Buffer.from('x'), bytes]), 1, 1 + bytes.length);
    assert.equal(table.text(id), text);
    const ascii = table.asciiText(id);
    assert.equal(ascii !== undefined, isAscii, text);
    if (ascii !== undefined) assert.deepEqual(Buffer.from(ascii.bytes.slice(ascii.start, ascii.end)), bytes);
  };
  check(Buffer.from('Name/size=1k-8'), 'Name/size=1k-8', true);
  check(Buffer.from(''), '', true);
  check(Buffer.from('\x01\x7f'), '\x01\x7f', true);
  check(Buffer.from('é'), 'é', false);
  check(Buffer.of(0x61, 0xff, 0x62), 'a\ufffdb', false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pathName, rewriteName, UniqueNames } from '../../src/bench/names.js';

test('rewriteName: spaces and what cannot be printed', () => {
  const check = (name: string, want: string): void => assert.equal(rewriteName(name), want, name);
  check('plain', 'plain');
  check('two words', 'two_words');
  check('tab\tand\nline', 'tab_and_line');
  check('no\u00a0break', 'no_break');
  check('\x1b[1m', '\\x1b[1m');
  check('größe=10µ/日本', 'größe=10µ/日本');
  check('\ud800', '\\xd800'); // half a character
});

test('UniqueNames: names that come again are numbered', () => {
  const check = (names: readonly string[], want: readonly string[]): void => {
    const unique = new UniqueNames();
    assert.deepEqual(
      names.map((name) => unique.next(name)),
      want,
    );
  };
  check(['a', 'a', 'b', 'a'], ['a', 'a#01', 'b', 'a#02']);
  check(['x y', 'x_y'], ['x_y', 'x_y#01']);
  check(['', ''], ['#00', '#01']);
  check(['a', 'a#01', 'a'], ['a', 'a#01', 'a#02']); // chosen by somebody
  check(['a', 'a', 'a#01'], ['a', 'a#01', 'a#01#01']);
});

test('UniqueNames: never the same twice', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('', 'a', 'a#01', 'a#02', 'a#01#01', 'b c', 'b_c')), (names) => {
      const unique = new UniqueNames();
      const given = names.map((name) => unique.next(name));
      assert.equal(new Set(given).size, given.length);
    }),
  );
});

test('pathName: parts by slashes', () => {
  assert.equal(pathName(['BenchmarkHi', 'size=10']), 'BenchmarkHi/size=10');
});

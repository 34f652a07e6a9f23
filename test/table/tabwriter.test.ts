import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layoutTabs, type TabLayout } from '../../src/table/tabwriter.js';

/** Writes a text with `|` for tabs. */
const tabs = (...lines: string[]): string => lines.join('\n').replaceAll('|', '\t');

test('layoutTabs: columns as Go lays them out', () => {
  const check = (input: string, want: string[], layout: TabLayout = { padding: 2 }): void => {
    assert.equal(layoutTabs(input, layout), want.join('\n'));
  };
  check(tabs('a|bb|c', 'aaa|b|c', ''), ['a    bb  c', 'aaa  b   c', '']);
  check(tabs('a|b', '', 'aaaa|b', ''), ['a  b', '', 'aaaa  b', '']); // an empty line ends the columns
  check(tabs('a|b', 'word', 'aaaa|b', ''), ['a  b', 'word', 'aaaa  b', '']); // so does a line without cells
  check(tabs('a|b|c', 'aaa|b', 'a|b|c', ''), ['a    b  c', 'aaa  b', 'a    b  c', '']); // its last cell is in no column
  check(tabs('a|bbbb|c', 'a|b', 'a|b|c', ''), ['a  bbbb  c', 'a  b', 'a  b  c', '']); // and ends the second one
  check(tabs('é|b', '漢|b', '😀|b', ''), ['é  b', '漢  b', '😀  b', '']); // code points, not places
  check(tabs('a|', 'aaa|', ''), ['a    ', 'aaa  ', '']);
  check(tabs('aaa|b', 'a|'), ['aaa  b', 'a']); // nothing behind the last tab of all: no cell
  check(tabs('a|b', ''), ['a....b', ''], { minWidth: 5, padding: 1, padChar: '.' });
  check(tabs('a|bb|c', 'aaa|b|c', ''), ['    a   bbc', '  aaa    bc', ''], {
    minWidth: 5,
    padding: 1,
    alignRight: true,
  });
  check('', ['']);
});

test('layoutTabs: only adds filling', () => {
  const word = fc.constantFrom('a', 'bb', 'é', '\t', '\t', '\n');
  fc.assert(
    fc.property(fc.array(word), fc.nat(8), (words, padding) => {
      const text = words.join('');
      const out = layoutTabs(text, { padding, padChar: '.' });
      assert.equal(out.replaceAll('.', ''), text.replaceAll('\t', ''));
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalizeOptions } from '../../src/cli/normalize.js';
import { raceOptionSpecs } from '../../src/cli/race-options.js';
import { someOptions } from './commands.js';

/** Checks words separated by blanks. */
function check(words: string, want: string, passThrough = false): void {
  assert.equal(normalizeOptions(words.split(' '), someOptions, passThrough).join(' '), want, words);
}

test('normalizeOptions: all ways to write a name', () => {
  check('-cum', '--cum');
  check('--CUM', '--cum');
  check('-nodecount=5', '--node-count=5');
  check('--nodecount 5', '--node-count 5');
  check('--node_count=5', '--node-count=5');
  check('-node-count=5', '--node-count=5');
  check('--topn=5', '--node-count=5'); // another name for the same
  check('--sample_index=1', '--sample-index=1');
});

test('normalizeOptions: flags with a value', () => {
  check('--cum=true', '--cum');
  check('-cum=1', '--cum');
  check('--cum=false', '--no-cum');
  check('--no-cum', '--no-cum');
  check('-trim=false', '--no-trim');
  check('-trim=t', '--trim');
  check('--no-trim', '--no-trim');
  check('--no-trim=false', '--trim');
  check('--notrim', '--no-trim');
  check('--no-save', '--no-save'); // an option with a value that can be switched off
  assert.throws(() => normalizeOptions(['--cum=maybe'], someOptions), {
    code: 'usage',
    message: '--cum: "maybe" is not true or false',
  });
});

test('normalizeOptions: a kind of another flag', () => {
  const check = (words: string, want: string): void =>
    assert.equal(normalizeOptions(words.split(' '), raceOptionSpecs, true).join(' '), want, words);
  check('--race=async', '--race-async');
  check('-race=async x', '--race-async x');
  check('--race=true --race-wasm', '--race --race-wasm');
  check('x --race=async', 'x --race=async'); // the program's own
  assert.throws(() => normalizeOptions(['--race=sync'], raceOptionSpecs), { code: 'usage' });
});

test('normalizeOptions: values stay as they are', () => {
  check('--sample-index=a_b=-cum', '--sample-index=a_b=-cum');
  check('--sample-index -cum', '--sample-index -cum');
  check('--sample-index= x', '--sample-index= x');
  check('-o -cum -cum', '-o -cum --cum');
  check('-nodecount -5 -cum', '--node-count -5 --cum');
});

test('normalizeOptions: words that are no options stay as they are', () => {
  check('a_b -', 'a_b -');
  check('-v', '-v');
  check('-5', '-5');
  check('--wrong_name=x_y', '--wrong_name=x_y');
  check('a -- -cum', 'a -- -cum');
  check('--sample-index -- -cum', '--sample-index -- --cum'); // here -- is a value
});

test('normalizeOptions: everything behind a script is its own', () => {
  check('-cum script.js -cum', '--cum script.js -cum', true);
  check('-nodecount 5 script.js -cum', '--node-count 5 script.js -cum', true);
  check('-cum -- script.js -cum', '--cum -- script.js -cum', true);
});

test('normalizeOptions: twice is once', () => {
  const word = fc.constantFrom(
    '-cum',
    '-nodecount=5',
    '--trim=false',
    'x',
    '--',
    '-o',
    '-v',
    '--no-save',
    '-tag',
    '=',
  );
  fc.assert(
    fc.property(fc.array(word), fc.boolean(), (words, passThrough) => {
      const once = normalizeOptions(words, someOptions, passThrough);
      assert.deepEqual(normalizeOptions(once, someOptions, passThrough), once);
    }),
  );
});

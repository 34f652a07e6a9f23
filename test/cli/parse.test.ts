import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Parsed } from '../../src/cli/call.js';
import { parseCall } from '../../src/cli/parse.js';
import { ProfError } from '../../src/error.js';
import { someCommand } from './commands.js';

const parse = (words: string): Parsed => parseCall(someCommand, words.split(' '));

/** The call that `words` ask for. */
function called(words: string): Extract<Parsed, { kind: 'call' }> {
  const parsed = parse(words);
  assert.ok(parsed.kind === 'call', words);
  return parsed;
}

test('parseCall: options before and behind the words', () => {
  for (const words of ['-cum a b', 'a -cum b', 'a b -cum']) {
    const { call } = called(words);
    assert.deepEqual([call.args, call.options.flag('cum')], [['a', 'b'], true], words);
  }
});

test('parseCall: words behind -- are no options', () => {
  const { call } = called('a -- -cum');
  assert.deepEqual([call.args, call.options.has('cum')], [['a', '-cum'], false]);
  assert.deepEqual(called('-').call.args, ['-']);
});

test('parseCall: flags are absent, on or off', () => {
  const check = (words: string, name: string, want: boolean | undefined): void => {
    const { options } = called(words).call;
    assert.equal(options.has(name) ? options.flag(name) : undefined, want, words);
  };
  check('a', 'cum', undefined);
  check('a -cum', 'cum', true);
  check('a -cum=false', 'cum', false);
  check('a -cum -cum=false', 'cum', false); // the last one counts
  check('a -v', 'verbose', true);
  check('a', 'trim', undefined);
  check('a --no-trim', 'trim', false);
  check('a --no-save', 'save', false);
  check('a --secret', 'secret', true);
});

test('parseCall: values', () => {
  const { options } = called('a --nodecount=5 -sample_index 1 --tag=x --tag y -o out.txt').call;
  assert.equal(options.integer('node-count'), 5);
  assert.equal(options.text('sample-index'), '1');
  assert.deepEqual(options.list('tag'), ['x', 'y']);
  assert.equal(options.text('output'), 'out.txt');
  assert.deepEqual(called('a').call.options.list('tag'), []);
  assert.equal(called('a -nodecount 1 -nodecount 2').call.options.integer('node-count'), 2);
});

test('parseCall: help however it is asked for', () => {
  for (const words of ['-h', '--help', '-help', 'a b c --help', '--wrong -h a']) {
    assert.deepEqual(parse(words), { kind: 'help' }, words);
  }
});

test('parseCall: --color and --no-color are known to every command', () => {
  assert.equal(called('a').color, undefined);
  assert.equal(called('--color a').color, 'always');
  assert.equal(called('a --no-color').color, 'never');
  assert.deepEqual(called('a -- --color').call.args, ['a', '--color']);
});

test('parseCall: a script keeps its words', () => {
  const script = { ...someCommand, passThrough: true, args: { min: 1, max: Number.POSITIVE_INFINITY } };
  const parsed = parseCall(script, ['-nodecount', '5', 'a.js', '-cum', '--color', '--', '-v', '-h']);
  assert.ok(parsed.kind === 'call');
  assert.deepEqual(parsed.call.args, ['a.js', '-cum', '--color', '--', '-v', '-h']);
  assert.deepEqual([parsed.color, parsed.call.options.has('cum')], [undefined, false]);
});

/** Code, message and hint of the error for `words`. */
function usageOf(words: string): string {
  try {
    parse(words);
  } catch (error) {
    assert.ok(error instanceof ProfError);
    return `${error.code}: ${error.message}\n${error.hint ?? ''}`;
  }
  return 'no error';
}

test('parseCall: wrong usage quotes the word and says what to do', () => {
  const help = 'Run `prof help show`.';
  const check = (words: string, message: string, hint: string): void => {
    assert.equal(usageOf(words), `usage: show: ${message}\n${hint}`);
  };
  check('--cmu a', 'unknown option "--cmu"', `Did you mean --cum?\n${help}`);
  check('-nodcount=5 a', 'unknown option "-nodcount=5"', `Did you mean --node-count?\n${help}`);
  check('--no-trimm a', 'unknown option "--no-trimm"', `Did you mean --no-trim?\n${help}`);
  check('--frobnicate a', 'unknown option "--frobnicate"', help);
  check('-x a', 'unknown option "-x"', help);
  check('a --nodecount', '--node-count needs a value', help);
  check('a -o', '--output needs a value', help);
  check('--cum', 'too few words', `Usage: prof show [options] <file>…\n${help}`);
  check('a b c', 'unexpected word "c"', `Usage: prof show [options] <file>…\n${help}`);
});

test('Options: wrong values are quoted', () => {
  const { options } = called('a --nodecount=x --sample-index=1.5').call;
  const check = (read: () => unknown, message: string): void => {
    assert.throws(read, { code: 'usage', message });
  };
  check(() => options.integer('node-count'), '--node-count: "x" is not a whole number');
  check(
    () => options.integer('sample-index', 1),
    '--sample-index: "1.5" is not a whole number of at least 1',
  );
  check(() => options.number('node-count'), '--node-count: "x" is not a number');
  check(() => options.choice('node-count', ['a', 'b']), '--node-count: "x" is not one of a, b');
  assert.equal(options.number('sample-index'), 1.5);
  assert.equal(options.number('tag'), undefined);
});

test('parseCall: returns or throws a ProfError for all words', () => {
  const word = fc.oneof(
    fc.constantFrom('--cum', '--', '-o', '-h', '--tag', '--no-save', 'a', '-vo'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      try {
        parseCall(someCommand, words);
      } catch (error) {
        assert.ok(error instanceof ProfError, String(error));
      }
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Parsed } from '../../src/cli/call.js';
import type { Command } from '../../src/cli/command.js';
import { parseCall } from '../../src/cli/parse.js';
import { readCall } from '../../src/cli/read-call.js';
import { ProfError } from '../../src/error.js';
import { someCommand, someOptions } from './commands.js';

/** All that a command can see of a call, or what is wrong with it. */
function seen(read: () => Parsed | undefined): unknown {
  let parsed: Parsed | undefined;
  try {
    parsed = read();
  } catch (error) {
    if (error instanceof ProfError) return { message: error.message, hint: error.hint };
    throw error;
  }
  if (parsed?.kind !== 'call') return parsed;
  const { args, options } = parsed.call;
  const values = [...someOptions, { name: 'color' }].map(({ name }) => [
    ...[name, options.has(name), options.flag(name), options.text(name)],
    options.list(name),
  ]);
  return { args, values, color: parsed.color };
}

test('readCall: says what the parser says, or leaves it to the parser', () => {
  const forms = ['--cum', '-cum', '-cum=false', '--trim', '-trim=0', '--no-trim', '--no-save', '--save'];
  const more = ['--save=x', '--tag', '-tag=y', '--tag=', '-nodecount', '--top_n=3', '--sample-index', '-v'];
  const odd = ['-o', '-vo', '-', '--', '--help', '-h', '--no-color', '--color', '--cum=perhaps', '--wrong'];
  const word = fc.oneof(fc.constantFrom(...forms, ...more), fc.constantFrom(...odd, 'a', 'b'), fc.string());
  const script: Command = { ...someCommand, passThrough: true };
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.constantFrom(someCommand, script), (words, command) => {
      const own = seen(() => readCall(command, words));
      if (own !== undefined)
        assert.deepEqual(
          own,
          seen(() => parseCall(command, words)),
        );
    }),
    { numRuns: 3000 },
  );
});

test('readCall: needs no parser for words, flags and values', () => {
  const check = (words: string, isRead: boolean): void => {
    assert.equal(readCall(someCommand, words.split(' ')) !== undefined, isRead, words);
  };
  check('a', true);
  check('a - -cum', true);
  check('--nodecount 5 a -sample_index=1 --no-trim --no-color', true);
  check('--tag=x --tag y a', true);
  check('a -o x', false);
  check('a -- --cum', false);
  check('a --help', false);
  check('a --wrong', false);
  check('a --tag', false); // no value
});

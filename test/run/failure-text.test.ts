import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProfError } from '../../src/error.js';
import { failureText } from '../../src/run/failure-text.js';

/** An error with a stack of these places. */
function errorAt(error: Error, places: readonly string[]): Error {
  error.stack = [`${error.name}: ${error.message}`, ...places.map((place) => `    at ${place}`)].join('\n');
  return error;
}

test('failureText: file and line as Go prints them, then the calls', () => {
  const check = (thrown: unknown, want: string): void => assert.equal(failureText(thrown, '/home/a b'), want);
  check(errorAt(new Error('boom'), ['file:///home/a%20b/x.ts:3:5']), 'x.ts:3: boom');
  check(errorAt(new Error('boom'), ['f (/home/a b/x.cjs:3:5)']), 'x.cjs:3: boom');
  check(errorAt(new Error('boom'), ['f (file:///elsewhere/x.ts:3:5)']), '/elsewhere/x.ts:3: boom');
  check(errorAt(new TypeError('boom'), ['node:internal/x:3:5']), 'TypeError: boom');
  check(
    errorAt(new Error('two\nlines'), [
      'inner (file:///home/a%20b/x.ts:3:5)',
      'Array.map (<anonymous>)',
      'async outer (file:///home/a%20b/y.ts:7:1)',
      'Test.run (node:internal/test_runner/test:1:2)',
    ]),
    'x.ts:3: two\nlines\n\n    at inner (x.ts:3:5)\n    at async outer (y.ts:7:1)',
  );
});

test('failureText: what is thrown may be anything', () => {
  const check = (thrown: unknown, want: string): void => assert.equal(failureText(thrown, '/home'), want);
  check('text', 'text');
  check(undefined, 'undefined');
  check(new ProfError('usage', 'wrong word'), 'wrong word');
  check(new ProfError('usage', 'wrong word', { hint: 'Use another.' }), 'wrong word\nUse another.');
  const cause = errorAt(new Error('below'), []);
  check(errorAt(new Error('above', { cause }), []), 'above\n\ncause: below');
});

test('failureText: an assertion tells its difference, without colors', () => {
  try {
    assert.equal(1, 2);
  } catch (error) {
    assert.match(
      failureText(error, process.cwd()),
      /^test\/run\/failure-text\.test\.ts:\d+: Expected [\s\S]*1 !== 2/,
    );
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { compileFilter } from '../../src/query/filter.js';
import { type CompilePattern, parseFilter } from '../../src/query/parse-filter.js';
import type { Subject } from '../../src/query/subject.js';
import { compileRe2 } from '../../src/text/regexp.js';

const subject: Subject = {
  name: 'Copy/size=4k/align=0-16',
  file: 'old.txt',
  settings: [
    ['goos', 'linux'],
    ['note', 'a b'],
  ],
};

const metrics = [{ unit: 'sec/op', original: 'ns/op' }, { unit: 'B/op' }];

const compile: CompilePattern = (pattern, error) => {
  const compiled = compileRe2(pattern);
  if ('test' in compiled) return compiled.test;
  throw error(compiled.problem);
};

/** What a filter keeps: all, nothing, or the units that pass. */
function kept(text: string): string {
  const verdict = compileFilter(parseFilter(text, compile))(subject);
  if (typeof verdict === 'boolean') return verdict ? 'all' : 'nothing';
  return metrics
    .filter(verdict)
    .map(({ unit }) => unit)
    .join(' ');
}

test('filter: keys', () => {
  const check = (text: string, want: string): void => assert.equal(kept(text), want, text);
  check('*', 'all');
  check('.name:Copy', 'all');
  check('.name:copy', 'nothing');
  check('.fullname:Copy/size=4k/align=0-16', 'all');
  check('.file:old.txt', 'all');
  check('/size:4k', 'all');
  check('/gomaxprocs:16', 'all');
  check('/color:""', 'all'); // a name without the key has an empty value
  check('goos:linux', 'all');
  check('note:"a b"', 'all');
  check('"note":"a\\x20b"', 'all');
  check('goarch:amd64', 'nothing');
});

test('filter: values, lists and patterns', () => {
  const check = (text: string, want: string): void => assert.equal(kept(text), want, text);
  check('/size:(1k OR 4k)', 'all');
  check('/size:(1k OR /^2/)', 'nothing');
  check('.fullname:/size=\\dk/', 'all');
  check('.fullname:/[/]size/', 'all'); // a slash within brackets does not end a pattern
  check('.fullname:/\\/size/', 'all');
});

test('filter: and, or, not', () => {
  const check = (text: string, want: string): void => assert.equal(kept(text), want, text);
  check('.name:Copy goos:linux', 'all');
  check('.name:Copy AND goos:darwin', 'nothing');
  check('.name:x OR goos:linux', 'all');
  check('.name:x OR goos:darwin goos:linux', 'nothing'); // AND binds more than OR
  check('(.name:x OR goos:linux) /size:4k', 'all');
  check('-goos:darwin', 'all');
  check('-(goos:linux OR goos:darwin)', 'nothing');
  check('--goos:linux', 'all');
});

test('filter: units choose among the values of a result', () => {
  const check = (text: string, want: string): void => assert.equal(kept(text), want, text);
  check('.unit:ns/op', 'sec/op');
  check('.unit:sec/op', 'sec/op');
  check('-.unit:ns/op', 'B/op');
  check('.unit:(ns/op OR B/op)', 'sec/op B/op');
  check('.unit:/op$/', 'sec/op B/op');
  check('goos:linux .unit:B/op', 'B/op');
  check('goos:darwin .unit:B/op', 'nothing');
  check('goos:darwin OR .unit:B/op', 'B/op');
  check('goos:linux OR .unit:B/op', 'all');
  check('.unit:B/op .unit:ns/op', '');
});

/** The error of a filter: its message and the hint. */
function problem(text: string): string {
  try {
    kept(text);
  } catch (error) {
    if (error instanceof ProfError) return `${error.message}\n${error.hint}`;
    throw error;
  }
  return 'none';
}

test('filter: errors point to the place', () => {
  const check = (text: string, message: string, column: number): void => {
    assert.equal(problem(text), `--filter: ${message}\n${text}\n${' '.repeat(column)}^`);
  };
  check('', 'expected key:value or a part in parentheses', 0);
  check('x', 'expected key:value', 0);
  check('goos:linux x', 'expected key:value', 11);
  check('(goos:linux', 'missing ")"', 11);
  check('goos:linux)', 'unexpected ")"', 10);
  check('goos:linux, x', 'unexpected ","', 10);
  check('goos:', 'expected a value', 5);
  check('goos:(a b)', 'values of a list have OR between them', 8);
  check('goos:()', 'expected a value', 6);
  check('.config:x', '.config is only allowed in projections', 0);
  check('"":x', 'a key must not be empty', 0);
  check('goos:"a', 'missing end quote', 5);
  check('goos:"\\z"', 'bad escape sequence', 5);
  check('goos:/a', 'missing close "/"', 5);
  check('goos:/a/b', 'a pattern ends with a space or an operator behind it (unescaped "/"?)', 8);
  check('goos:/a(/', 'missing close "/"', 5);
  check('é:/[/', 'missing close "/"', 2);
  assert.match(problem('goos:/*/'), /^--filter: .*\ngoos:\/\*\/\n {5}\^$/);
});

test('filter: returns or points to the place for all texts', () => {
  const piece = fc.constantFrom(
    ...[
      'goos',
      '.unit',
      ':',
      '(',
      ')',
      'OR',
      'AND',
      '-',
      '*',
      '"',
      '\\',
      '/',
      '[',
      ' ',
      'x',
      ',',
      '@',
      '\\n',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
      assert.equal(typeof problem(pieces.join('')), 'string');
    }),
  );
});

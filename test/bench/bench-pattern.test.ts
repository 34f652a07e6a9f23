import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileBenchPattern } from '../../src/bench/bench-pattern.js';

test('compileBenchPattern: part by part, as Go does', () => {
  const check = (pattern: string, name: string, want: string): void => {
    const compiled = compileBenchPattern(pattern);
    assert.ok('match' in compiled, pattern);
    assert.equal(compiled.match(name.split('/')), want, `${pattern} on ${name}`);
  };
  check('', 'BenchmarkHi', 'whole');
  check('Hi', 'BenchmarkHi', 'whole');
  check('^Hi', 'BenchmarkHi', 'no');
  check('(?i)hi$', 'BenchmarkHi', 'whole'); // RE2's flags
  check('Hi', 'BenchmarkHi/size=1', 'whole');
  check('Hi/size=1', 'BenchmarkHi', 'partial');
  check('Hi/size=1', 'BenchmarkHi/size=10', 'whole');
  check('Hi/^size=1$', 'BenchmarkHi/size=10', 'no');
  check('Ho/size=1', 'BenchmarkHi/size=1', 'no');
  check('/size=1', 'BenchmarkHi/size=1', 'whole');
  check('Hi//b', 'BenchmarkHi/a/b', 'whole');
  check('Hi//b', 'BenchmarkHi/a/c', 'no');
  check('[/]', 'BenchmarkHi/a', 'no'); // not a slash between parts
  check('([/])/x', 'BenchmarkHi/x', 'no');
  check('(Hi|Ho)/(a/b|c)', 'BenchmarkHo/c', 'whole');
  check('[(]/x|Hi', 'BenchmarkHi', 'whole'); // no parenthesis in brackets
  check('Hi\\/a', 'BenchmarkHi/a', 'no'); // an escaped slash is one of the part
  check('Hi/a|Ho', 'BenchmarkHo', 'whole');
  check('Hi/a|Ho', 'BenchmarkHi', 'partial');
  check('Hi/a|Ho', 'BenchmarkHi/b', 'no');
});

test('compileBenchPattern: a name with slashes has several parts', () => {
  const compiled = compileBenchPattern('Hi/a/b');
  assert.ok('match' in compiled);
  assert.equal(compiled.match(['BenchmarkHi', 'a/b']), 'whole');
  assert.equal(compiled.match(['BenchmarkHi', 'a/c']), 'no');
});

test('compileBenchPattern: what is no regular expression', () => {
  for (const pattern of ['(', 'a/[', 'a|*', '(?=x)'])
    assert.ok('problem' in compileBenchPattern(pattern), pattern);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exitStatus, formatError, ProfError, systemCode } from '../src/error.js';

test('errors: every code is a heading of docs/errors.md, and the other way round', () => {
  const headings = readFileSync('docs/errors.md', 'utf8').matchAll(/^## (.+)$/gm);
  assert.deepEqual(
    [...headings].map(([, heading]) => heading),
    Object.keys(exitStatus),
  );
});

test('errors: the table of exit statuses in docs/errors.md', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| (\d+) +\|[^|]*\|([^|]*)\|$/gm);
  const listed = [...rows].flatMap(([, status, codes = '']) => {
    return [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => [code, Number(status)] as const);
  });
  assert.deepEqual(Object.fromEntries(listed), exitStatus);
});

test('formatError: one line, then the hint, indented', () => {
  const check = (hint: string | undefined, want: string): void => {
    assert.equal(formatError(new ProfError('usage', 'a "b"', { hint })), want);
  };
  check(undefined, 'prof: a "b"\n');
  check('Do c.', 'prof: a "b"\n  Do c.\n');
  check('Do c.\nOr d.', 'prof: a "b"\n  Do c.\n  Or d.\n');
});

test('systemCode: only of errors that have one', () => {
  assert.equal(systemCode(Object.assign(new Error('x'), { code: 'ENOENT' })), 'ENOENT');
  assert.equal(systemCode(Object.assign(new Error('x'), { code: 5 })), undefined);
  assert.equal(systemCode(new Error('x')), undefined);
  assert.equal(systemCode('ENOENT'), undefined);
});

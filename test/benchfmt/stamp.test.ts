import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatStamp, readStamp } from '../../src/benchfmt/stamp.js';

const time = Date.parse('2026-03-01T12:00:00Z');

test('stamp: written and read', () => {
  assert.equal(formatStamp({ commit: '1a2b3c4+', time }), '# commit: 1a2b3c4+ 2026-03-01T12:00:00.000Z\n');
  for (const stamp of [
    { commit: '1a2b3c4+', time },
    { commit: 'x', time: undefined },
  ]) {
    assert.deepEqual(readStamp(`goos: linux\n${formatStamp(stamp)}BenchmarkA 1 1 ns/op\n`), stamp);
  }
});

test('readStamp: what files have', () => {
  const check = (head: string, want: unknown): void => assert.deepEqual(readStamp(head), want, head);
  check('', undefined);
  check('goos: linux\n', undefined);
  check('# commit:\n', undefined);
  check('say # commit: a\n', undefined);
  check('# commit: a\r\n', { commit: 'a', time: undefined });
  check('# commit: a yesterday\n', { commit: 'a', time: undefined });
  check('commit: a\ncommit-time: 2026-03-01T12:00:00Z\n', { commit: 'a', time });
  check('commit: a\n', { commit: 'a', time: undefined });
  check('commit-time: 2026-03-01T12:00:00Z\n', undefined);
  check('commit: b\n# commit: a\n', { commit: 'a', time: undefined });
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { percentage } from '../../src/unit/percentage.js';
import { areConvertible, autoLabel, scale, scaledLabel } from '../../src/unit/scale.js';

test('scaledLabel: values in the unit asked for', () => {
  const check = (value: number, [from, to]: [string, string], want: string): void =>
    assert.equal(scaledLabel(value, from, to), want, `${value} ${from} ${to}`);
  check(0, ['nanoseconds', 'minimum'], '0');
  check(1_500_000_000, ['nanoseconds', 'auto'], '1.50s');
  check(1_000_000_000, ['nanoseconds', 'auto'], '1s');
  check(-1_500_000, ['nanoseconds', 'auto'], '-1.50ms');
  check(1_179_648, ['bytes', 'MB'], '1.12MB'); // an exact tie goes to the even digit
  check(4096, ['bytes', 'mb'], '0'); // less than 0.005 has no unit
  check(90, ['minutes', 'auto'], '90'); // minutes are not known
  check(100, ['count', 'ms'], '100ms'); // an unknown source takes the target's name
  check(100, ['count', 'auto'], '100');
  check(5, ['seconds', 'parsecs'], '5s'); // an unknown target gives the family's unit
  check(7200, ['s', 'auto'], '2hrs');
  check(3, ['μs', 'ns'], '3ns'); // the s of μs is taken for a plural
  check(2048, ['KiloBytes', 'auto'], '2MB');
  check(-(2 ** 63), ['bytes', 'auto'], '-9223372036854775808B'); // its magnitude is no int64
});

test('scale: a negative value scales as its magnitude does', () => {
  assert.deepEqual(scale(-2048, 'bytes', 'auto'), { value: -2, unit: 'kB' });
  assert.deepEqual(scale(0.5, 'ns', 'auto'), { value: 5e-10, unit: 's' });
});

test('autoLabel: counts stay counts', () => {
  assert.equal(autoLabel(65536, 'bytes'), '64kB');
  assert.equal(autoLabel(65536, 'count'), '65536');
});

test('areConvertible: only within a family', () => {
  assert.ok(areConvertible('ns', 'seconds'));
  assert.ok(!areConvertible('ns', 'bytes'));
  assert.ok(!areConvertible('count', 'count'));
});

test('percentage: as wide as pprof makes it', () => {
  const check = (value: number, total: number, want: string): void =>
    assert.equal(percentage(value, total), want, `${value} of ${total}`);
  check(0, 5, '    0%');
  check(5, 0, '    0%');
  check(1, 200, '  0.5%');
  check(1, 1000, '  0.1%');
  check(1, 10_000, ' 0.01%');
  check(1, 100_000, '0.001%');
  check(123, 1e8, '0.00012%');
  check(1, 1e9, '1e-07%');
  check(99, 10_000, ' 0.99%');
  check(999, 100_000, '    1%'); // rounds up to the next digit
  check(1, 100, ' 1.00%');
  check(1, 3, '33.33%');
  check(-1, 3, '33.33%'); // the sign is lost
  check(99_949, 100_000, '99.95%');
  check(9995, 10_000, '  100%');
  check(10_006, 10_000, '100.06%');
  check(125, 100_000, ' 0.12%'); // an exact tie goes to the even digit
});

test('scaledLabel, percentage: what google/pprof prints for 4000 vectors', (t) => {
  const file = join(import.meta.dirname ?? '.', '../../../shared/reference/measurement-vectors.tsv');
  if (!existsSync(file)) return t.skip('the reference vectors are not beside this clone');
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [kind, a = '', b = '', c = '', d = ''] = line.split('\t');
    if (kind === 'P') assert.equal(percentage(Number(a), Number(b)), c, line);
    if (kind === 'S') assert.equal(scaledLabel(Number(a), b, c), d, line);
  }
});

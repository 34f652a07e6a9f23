import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { namedOrders } from '../../src/query/orders.js';
import { parseProjection } from '../../src/query/parse-projection.js';
import { type Names, Projection } from '../../src/query/projection.js';
import type { Subject } from '../../src/query/subject.js';

/** A result as `name key=value …`, its file before a bar. */
function subjectOf(text: string): Subject {
  const [file = '', rest = ''] = text.includes('|') ? text.split('|') : ['run', text];
  const [name = '', ...settings] = rest.split(' ');
  return { name, file, settings: settings.map((setting) => setting.split('=') as [string, string]) };
}

/** The labels of the results' tuples in their order, without repetitions. */
function labels(expression: string, results: readonly string[], taken: readonly string[] = []): string[] {
  const fields = parseProjection(expression, '--row');
  const keys = [
    ...taken,
    ...fields.map(({ key }) => key).filter((key) => !/^\.(config|fullname)$/.test(key)),
  ];
  const projection = new Projection(fields, new Set(keys));
  for (const result of results) projection.project(subjectOf(result));
  const labels: string[] = [];
  for (const [id, rank] of projection.ranks().entries()) labels[rank] = projection.label(id);
  return labels;
}

test('projection: keys and their values', () => {
  const check = (expression: string, ...want: string[]): void => {
    const results = ['a.txt|Copy/size=4k/x-16 goos=linux pkg=p', 'b.txt|Move-16 goos=linux pkg=q'];
    assert.deepEqual(labels(expression, results), want, expression);
  };
  check('.name', 'Copy', 'Move');
  check('.fullname', 'Copy/size=4k/x-16', 'Move-16');
  check('.file', 'a.txt', 'b.txt');
  check('/size', '4k', '');
  check('/gomaxprocs', '16');
  check('goos', 'linux');
  check('goos .name', 'linux Copy', 'linux Move');
  check('goos, .name', 'linux Copy', 'linux Move');
  check('.config', 'linux p', 'linux q');
  check('"pkg"', 'p', 'q');
  check('', '');
});

test('projection: a special key is left out of a general one', () => {
  const results = ['Copy/size=4k/x-16 goos=linux pkg=p', 'Copy/size=8k/x-16 goos=darwin pkg=p'];
  assert.deepEqual(labels('.fullname', results, ['/size']), ['Copy/x-16']);
  assert.deepEqual(labels('.fullname', results, ['.name', '/gomaxprocs']), ['*/size=4k/x', '*/size=8k/x']);
  assert.deepEqual(labels('.config', results, ['goos']), ['p']);
  assert.deepEqual(labels('/size .fullname', results), ['4k Copy/x-16', '8k Copy/x-16']);
});

test('projection: names of all shapes, taken apart', () => {
  const check = (name: string, base: string, threads: string): void => {
    assert.deepEqual([labels('.name', [name]), labels('/gomaxprocs', [name])], [[base], [threads]], name);
  };
  check('X', 'X', '');
  check('X-8', 'X', '8');
  check('X-', 'X-', '');
  check('X-8x', 'X-8x', '');
  check('-8', '', '8');
  check('X/a-b-8', 'X', '8');
  check('/a=1', '', '');
  check('', '', '');
  check('X/gomaxprocs=4', 'X', '4');
  check('X/gomaxprocs=4-8', 'X', '8');
});

test('projection: the order of appearance, or another', () => {
  const results = ['A/n=10', 'A/n=9', 'A/n=1k', 'A/n=x', 'A/n=1Ki', 'A/n=', 'A/n=NaN', 'A/n=9'];
  assert.deepEqual(labels('/n', results), ['10', '9', '1k', 'x', '1Ki', '', 'NaN']);
  assert.deepEqual(labels('/n@alpha', results), ['', '10', '1Ki', '1k', '9', 'NaN', 'x']);
  assert.deepEqual(labels('/n@num', results), ['9', '10', '1k', '1Ki', 'NaN', '', 'x']);
  assert.deepEqual(labels('/n@(x 9 10)', ['A/n=10', 'A/n=9', 'A/n=x']), ['x', '9', '10']);
  assert.deepEqual(labels('.name /n@num', ['B/n=2', 'A/n=2', 'B/n=1']), ['B 1', 'B 2', 'A 2']);
});

test('projection: keys of a configuration that come later are empty before', () => {
  const results = ['X a=2', 'X a=2 b=1', 'X b=1', 'X a=1'];
  // As in benchstat, their values have the order of texts.
  assert.deepEqual(labels('.config', results), ['1', '1', '2', '2 1']);
});

test('namedOrders: numbers with prefixes, and in texts', () => {
  // 0x10 has no exponent, so only its first digit is a number.
  const num = namedOrders.get('num');
  const sorted = ['2Mi', 'v3', '2k', '1e3', '0x10', '1.5K', '4KiB', '-1', 'b'].sort(num);
  assert.deepEqual(sorted, ['-1', '0x10', 'v3', '1e3', '1.5K', '2k', '4KiB', '2Mi', 'b']);
});

test('projection: errors point to the place', () => {
  const check = (text: string, message: string, column: number): void => {
    const want = { code: 'usage', message: `--row: ${message}`, hint: `${text}\n${' '.repeat(column)}^` };
    assert.throws(() => parseProjection(text, '--row'), want, text);
  };
  check('a,,b', 'expected a key', 2);
  check('a:b', 'expected a key', 1);
  check('""', 'a key must not be empty', 0);
  check('.unit', '.unit is only allowed in filters', 0);
  check('a@', 'expected an order: alpha, num or a list in parentheses', 2);
  check('a@size', 'unknown order "size"', 2);
  check('a@()', 'nothing to match', 3);
  check('a@(b', 'missing ")"', 4);
  check('.config@(a)', 'a fixed order is not allowed for .config', 8);
});

test('projection: returns or points to the place for all texts', () => {
  const piece = fc.constantFrom('.name', '/a', '@', '(', ')', ',', ' ', '"', 'num', '.config', '-', '*');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 15 }), (pieces) => {
      try {
        parseProjection(pieces.join(''), '--row');
      } catch (error) {
        assert.ok(error instanceof ProfError);
      }
    }),
  );
});

test('projection: whole names by their numbers, in order of appearance or another', () => {
  const texts = ['b', 'é', 'a'];
  const names: Names = {
    name: (id) => texts[id] ?? '',
    asciiName: (id) => (id === 1 ? undefined : { bytes: Buffer.from(texts[id] ?? ''), start: 0, end: 1 }),
  };
  const check = (expression: string, want: readonly string[], isBytes: boolean): void => {
    const projection = new Projection(parseProjection(expression, '--row'), new Set());
    assert.ok(projection.isOfWholeName);
    const tuples = [2, 0, 1].map((name) => projection.projectName(name, names));
    const ranked = [...projection.ranks()].map((_, rank) => tuples[projection.ranks().indexOf(rank)] ?? -1);
    assert.deepEqual(
      ranked.map((tuple) => projection.label(tuple)),
      want,
    );
    assert.deepEqual(
      want.map((_, i) => typeof projection.labelText(ranked[i] ?? -1) !== 'string'),
      want.map((text) => isBytes && text !== 'é'),
    );
    assert.deepEqual(projection.unknownKeys(), []);
  };
  check('.fullname', ['a', 'b', 'é'], true);
  check('.fullname@alpha', ['a', 'b', 'é'], false);
  check('.fullname@(é b a)', ['é', 'b', 'a'], false);
});

import assert from 'node:assert/strict';
import { basename, join, relative } from 'node:path';
import { test } from 'node:test';
import { findVariant, type Variant } from '../../src/bench/variant.js';
import { firstComment, listVariants } from '../../src/bench/variant-list.js';
import { isProfError } from '../../src/error.js';
import { tempFolder } from '../temp-folder.js';

const names = (files: readonly string[]): string[] => files.map((file) => basename(file));

/** A variant with its files relative to `cwd`. */
function shape(variant: Variant, cwd: string): unknown {
  const { name, handlerFile, folder, benchFiles, testFiles } = variant;
  const handler = handlerFile === undefined ? undefined : basename(handlerFile);
  return [name, relative(cwd, folder), names(benchFiles), names(testFiles), handler];
}

test("findVariant: prof's own fixtures from anywhere", (t) => {
  const variant = findVariant('step3', tempFolder(t));
  assert.equal(variant.name, 'step3');
  assert.deepEqual(names(variant.benchFiles), ['demo.bench.ts']);
  assert.deepEqual(names(variant.testFiles), ['demo.test.ts']);
  assert.equal(basename(variant.handlerFile ?? ''), 'demo.ts');
});

test('findVariant: a path, then fixtures/, then its own', (t) => {
  const cwd = tempFolder(t, {
    'step1/a.bench.js': '',
    'fixtures/step1/b.bench.js': '',
    'fixtures/step2/c.bench.js': '',
    'fixtures/d.bench.mts': '',
    'x.ts': '',
  });
  const check = (word: string, want: unknown): void =>
    assert.deepEqual(shape(findVariant(word, cwd), cwd), want, word);
  check('step1', ['step1', 'step1', ['a.bench.js'], [], undefined]);
  check('./step1', ['step1', 'step1', ['a.bench.js'], [], undefined]);
  check('step1/', ['step1', 'step1', ['a.bench.js'], [], undefined]);
  check('fixtures/step1', ['step1', 'fixtures/step1', ['b.bench.js'], [], undefined]);
  check(join(cwd, 'fixtures/step1'), ['step1', 'fixtures/step1', ['b.bench.js'], [], undefined]);
  check('step2', ['step2', 'fixtures/step2', ['c.bench.js'], [], undefined]);
  check('d.bench.mts', ['d', 'fixtures', ['d.bench.mts'], ['d.bench.mts'], 'd.bench.mts']);
  check('x.ts', ['x', '', ['x.ts'], ['x.ts'], 'x.ts']);
  check('.', [basename(cwd), '', [], [], 'x.ts']);
});

test('findVariant: what the files of a folder are', (t) => {
  const check = (files: readonly string[], want: unknown): void => {
    const cwd = tempFolder(t, Object.fromEntries(files.map((file) => [`v/${file}`, ''])));
    const [, , benches, tests, handler] = [shape(findVariant('v', cwd), cwd)].flat();
    assert.deepEqual([benches, tests, handler], want);
  };
  check(['readme.md'], [[], [], undefined]);
  check(
    ['b.bench.cts', 'a.bench.mjs', 'c.test.js'],
    [['a.bench.mjs', 'b.bench.cts'], ['c.test.js'], undefined],
  );
  check(['other.js'], [[], [], 'other.js']); // the only one
  check(['a.js', 'b.js'], [[], [], undefined]);
  check(['a.js', 'b.js', 'handler.mjs'], [[], [], 'handler.mjs']);
  check(['demo.d.ts', 'notes.md', 'inner/x.bench.ts'], [[], [], undefined]);
});

test('findVariant: an unknown one is an error with the nearest name', (t) => {
  const cwd = tempFolder(t, { 'fixtures/router/a.bench.ts': '', 'parse.bench.ts': '', 'notes.md': '' });
  const check = (word: string, message: string, hint: RegExp): void => {
    assert.throws(
      () => findVariant(word, cwd),
      (error) => isProfError(error) && error.message === message && hint.test(error.hint ?? ''),
      word,
    );
  };
  check('stpe3', 'unknown variant "stpe3"', /^Did you mean "step3"\?/);
  check('ruoter', 'unknown variant "ruoter"', /^Did you mean "router"\?/);
  check('parse.bench.js', 'unknown variant "parse.bench.js"', /^Did you mean "parse\.bench\.ts"\?/);
  check('zzzzzzzz', 'unknown variant "zzzzzzzz"', /^A variant is a folder or a file/);
  check('./step3', 'unknown variant "./step3"', /^Did you mean "step3"\?/);
  check('', 'unknown variant ""', /^A variant is a folder or a file/);
  check('notes.md', 'notes.md: not a JavaScript or TypeScript module', /^A variant is a folder, or a file/);
});

test('listVariants: by name, the nearest of each', (t) => {
  const cwd = tempFolder(t, {
    'fixtures/step10/demo.ts': '// Mine, behind step8.\n',
    'fixtures/step10/demo.bench.ts': '',
    'fixtures/step3/demo.test.ts': '/* Mine as well. */',
    'fixtures/empty/readme.md': '',
    'parse.bench.ts': '/** Parses. */',
    'test/a.test.ts': '// no variant',
    'node_modules/x/a.bench.ts': '',
  });
  const list = listVariants(cwd).map(({ name, summary }) => `${name}: ${summary}`);
  assert.deepEqual(list.slice(0, 3), [
    'memory: What the values of JavaScript take; each benchmark makes one a turn.',
    'parse.bench.ts: Parses.',
    'step0: Naive: composes its regular expression at every request, counts its visitors with ++.',
  ]);
  assert.equal(list[5], 'step3: Mine as well.');
  assert.deepEqual(list.slice(-2), [
    'step8: Gives each thread a table of its own.',
    'step10: Mine, behind step8.',
  ]);
  assert.equal(list.length, 12);
});

test('firstComment: the first paragraph of what a file begins with', () => {
  const check = (code: string, want: string): void => assert.equal(firstComment(code), want, code);
  check('// One line.\ncode();', 'One line.');
  check('// One sentence\r\n// on two lines.\r\n// More.\ncode();', 'One sentence on two lines. More.');
  check('// First.\n//\n// Second.', 'First.');
  check('// First.\n\n// Second.', 'First.');
  check('/** A block. */ code();', 'A block.');
  check('\n/*\n * A block\n * of lines.\n *\n * More.\n */', 'A block of lines.');
  check('#!/usr/bin/env node\n// Behind the first line.', 'Behind the first line.');
  check("import 'x';\n// Not at the beginning.", '');
  check('', '');
});

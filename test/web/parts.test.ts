import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlameColumns } from '../../src/web/answers.js';
import { cssColor, differenceColor, packageColor, pixelColor } from '../../src/web/flame-colors.js';
import { boxAt, boxOfPath, meantWidth, paintRow, pathOf } from '../../src/web/flame-picture.js';
import { highlightLine, type LineState } from '../../src/web/highlight.js';
import { browserCommands } from '../../src/web/open-browser.js';
import { searchTest } from '../../src/web/page/search-test.js';
import { quotePattern } from '../../src/web/query.js';

/** a over b and c: rows `root 10`, `a 8`, `b 5 · c 0.2 · d 1`. */
const columns: FlameColumns = {
  row: [0, 1, 2, 5],
  frame: [-1, 0, 1, 2, 3],
  parent: [0, 0, 1, 1, 1],
  start: [0, 0, 0, 5, 5.2],
  width: [10, 8, 5, 0.2, 1],
  flat: [2, 1.8, 5, 0.2, 1],
  cum: [10, 8, 5, 0.2, 1],
  before: [0, 0, 0, 0, 0],
};

test('paintRow: boxes in their places, the last pixel of wide ones left free', () => {
  const check = (row: number, from: number, to: number, want: string): void => {
    const line = new Uint32Array(10);
    const colors = Uint32Array.from([1, 2, 3, 4, 5]);
    paintRow(line, { columns, row, span: { from, to } }, { colors, background: 0 });
    assert.equal(line.join(''), want);
  };
  check(0, 0, 10, '1111111110');
  check(1, 0, 10, '2222222000');
  check(2, 0, 10, '3333050000'); // too narrow for a pixel of its own: c is not drawn over
  check(2, 5, 6, '4455555550');
  check(2, 8, 10, '0000000000');
});

test('boxAt: the box at a place of a row', () => {
  const check = (row: number, place: number, want: number | undefined): void =>
    assert.equal(boxAt(columns, row, place), want);
  check(0, 9.9, 0);
  check(1, 7.9, 1);
  check(1, 8.1, undefined); // behind the last
  check(2, 0, 2);
  check(2, 5.1, 3);
  check(2, 5.3, 4);
  check(2, 7, undefined);
});

test('boxOfPath and pathOf are each the other way round', () => {
  const id = (frame: number): number => frame + 100;
  for (const box of [0, 1, 2, 3, 4]) assert.equal(boxOfPath(columns, pathOf(columns, box, id), id), box);
  assert.equal(boxOfPath(columns, [100, 100], id), undefined);
  assert.equal(boxOfPath(columns, [100, 101, 102], id), undefined);
});

test('meantWidth: a box counts once, however many below it are meant', () => {
  assert.equal(
    meantWidth(columns, (frame) => frame === 0 || frame === 1),
    8,
  );
  assert.equal(
    meantWidth(columns, (frame) => frame >= 2),
    1.2,
  );
  assert.equal(
    meantWidth(columns, () => false),
    0,
  );
});

test('highlightLine: what the pieces of a line are', () => {
  const check = (line: string, want: string, before: LineState = 'code', state: LineState = 'code'): void => {
    const { tokens, after } = highlightLine(line, before);
    const shown = tokens.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind[0]}:${text}`);
    assert.equal(shown.join(' '), want, line);
    assert.equal(after, state, line);
  };
  check('const a = 1; // one', 'k:const n:1 c:// one');
  check("return 'it\\'s' + \"a\"; ", "k:return s:'it\\'s' s:\"a\"");
  check('a /* b */ c', 'c:/* c: b */');
  check('a /* b', 'c:/* c: b', 'code', 'comment');
  check('still */ const', 'c:still */ k:const', 'comment');
  check('x = `a', 's:` s:a', 'code', 'template');
  check('b` + 0x1f', 's:b` n:0x1f', 'template');
  check('constant.for', 'k:for');
  check('', '');
});

test('highlightLine: the pieces put together are the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1"\'`/*\\ \t.#ü') }), (line) => {
      for (const before of ['code', 'comment', 'template'] as const) {
        const { tokens } = highlightLine(line, before);
        assert.equal(tokens.map(({ text }) => text).join(''), line);
      }
    }),
  );
});

test('colours: names can be read on them in both themes', () => {
  const luminance = (color: number): number => {
    const channel = (shift: number): number => {
      const c = ((color >>> shift) & 0xff) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(16);
  };
  const contrast = (a: number, b: number): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const names = Array.from({ length: 200 }, (_, i) => `package-${i}`);
  for (const [theme, ink] of [
    ['light', 0xff1d1816],
    ['dark', 0xfff6f2f0],
  ] as const) {
    const kinds = (['own', 'node', 'native', 'gc'] as const).map((kind) => ({ kind, name: '' }));
    for (const one of [...kinds, ...names.map((name) => ({ kind: 'npm', name }) as const)])
      assert.ok(
        contrast(pixelColor(packageColor(one, theme)), ink) >= 4.5,
        `${theme} ${one.kind} ${one.name}`,
      );
    for (const [before, after] of [
      [1, 1],
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ] as const)
      assert.ok(
        contrast(pixelColor(differenceColor(before, after, theme)), ink) >= 4.5,
        `${theme} ${before} ${after}`,
      );
  }
});

test('colours: as pixels and as styles', () => {
  assert.equal(pixelColor({ hue: 0, saturation: 100, lightness: 50 }).toString(16), 'ff0000ff');
  assert.equal(pixelColor({ hue: 240, saturation: 100, lightness: 50 }).toString(16), 'ffff0000');
  assert.equal(pixelColor({ hue: 0, saturation: 0, lightness: 100 }).toString(16), 'ffffffff');
  assert.equal(cssColor({ hue: 12.3, saturation: 40, lightness: 50 }), 'hsl(12 40% 50%)');
});

test('quotePattern: a pattern that means just the text', () => {
  for (const text of ['Object.<anonymous>', 'get [Symbol.iterator]', '(anonymous)', 'a^b$c|d{1}\\', 'x/y'])
    assert.deepEqual(new RegExp(`^${quotePattern(text)}$`).exec(text)?.[0], text);
});

test('browserCommands: $BROWSER first, and none without a screen', () => {
  const first = (platform: NodeJS.Platform, env: Record<string, string>): string =>
    (browserCommands(platform, env)[0] ?? []).join(' ');
  assert.equal(first('linux', { BROWSER: 'my-browser --new %s', DISPLAY: ':0' }), 'my-browser --new %s');
  assert.equal(first('linux', { BROWSER: 'links' }), 'links');
  assert.equal(first('linux', {}), '');
  assert.equal(first('linux', { WAYLAND_DISPLAY: 'wayland-0' }), 'xdg-open');
  assert.equal(first('darwin', {}), 'open');
});

test('searchTest: the syntax is that of focus', () => {
  const check = (pattern: string, name: string, want: boolean | string | undefined): void => {
    const search = searchTest(pattern);
    const got = search === undefined ? undefined : 'problem' in search ? search.problem : search.test(name);
    assert.equal(got, want, pattern);
  };
  check('', 'parse', undefined);
  check('arse', 'parse', true);
  check('Arse', 'parse', false);
  check('(?i)Arse', 'parse', true);
  check('a.*(?i)ARSE', 'a parse', true); // flags in the middle, which JavaScript has not
  check('^\\pL+$', 'größe', true);
  check('[[:digit:]]', 'f1', true);
  check('\\Qa.b\\E', 'aXb', false);
  check('a(?=b)', 'ab', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`');
  check('(', '(', 'error parsing regexp: missing closing ): `(`');
  check('<script>', 'a <script> b', true);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapReference, parseSourceMap } from '../../src/source/source-map.js';

const url = 'file:///app/dist/a.js.map';

/** Two lines: `AAAA` is column 1 → 1:1; `IACCA` goes on with column 5 → 2:2 and a name. */
const map = {
  version: 3,
  sources: ['../src/a.ts', null],
  names: ['parse'],
  mappings: 'AAAA,IACCA;;AAAA,ECDAD',
};

test('parseSourceMap: originals of places and lines', () => {
  const parsed = parseSourceMap(JSON.stringify(map), url);
  const source = 'file:///app/src/a.ts';
  const check = (line: number, column: number, want: unknown): void =>
    assert.deepEqual(parsed?.original({ line, column }), want, `${line}:${column}`);
  check(1, 1, { source, name: undefined, line: 1, column: 1 });
  check(1, 4, { source, name: undefined, line: 1, column: 1 }); // the one before it
  check(1, 5, { source, name: 'parse', line: 2, column: 2 });
  check(2, 1, undefined); // no mapping on that line
  check(9, 1, undefined);
  assert.deepEqual(
    parsed?.originalsOn(1, { from: 2, to: 99 }).map(({ line }) => line),
    [2],
  );
  assert.deepEqual(
    parsed?.originalsOn(1, { from: 1, to: 5 }).map(({ line }) => line),
    [1],
  );
});

test('parseSourceMap: a text that is guarded, and sections', () => {
  assert.ok(parseSourceMap(`)]}'\n${JSON.stringify(map)}`, url));
  const sections = { version: 3, sections: [{ offset: { line: 3, column: 0 }, map }] };
  assert.equal(
    parseSourceMap(JSON.stringify(sections), url)?.original({ line: 4, column: 5 })?.name,
    'parse',
  );
});

test('parseSourceMap: the text that a map carries', () => {
  const parsed = parseSourceMap(JSON.stringify({ ...map, sourcesContent: ['let a;'] }), url);
  assert.equal(parsed?.contentOf('file:///app/src/a.ts'), 'let a;');
  assert.equal(parsed?.contentOf('file:///other.ts'), undefined);
});

test('parseSourceMap: what is no source map', () => {
  const check = (json: string): void => assert.equal(parseSourceMap(json, url), undefined, json);
  check('');
  check('{');
  check('null');
  check('[]');
  check('{"version":3}');
  check('{"version":3,"sources":[1],"names":[],"mappings":""}');
  check('{"version":3,"sources":"a","names":[],"mappings":""}');
  check('{"version":3,"sources":[],"mappings":7}');
  check('{"version":3,"sections":{}}');
});

test('parseSourceMap: indices that are out of range are no original', () => {
  const parsed = parseSourceMap(
    JSON.stringify({ ...map, sources: [], mappings: 'AAAA,IACCA,+/////D,CADDD' }),
    url,
  );
  assert.deepEqual(parsed?.originalsOn(1, { from: 1, to: 1e9 }) ?? [], []);
});

test('parseSourceMap: any mappings give places or nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.option(fc.string())), (mappings, sources) => {
      const parsed = parseSourceMap(JSON.stringify({ version: 3, names: [], sources, mappings }), url);
      for (const { line, column } of parsed?.originalsOn(1, { from: 1, to: 1e9 }) ?? [])
        assert.ok(Number.isInteger(line) && Number.isInteger(column));
    }),
  );
});

test('mapReference: the last comment of its form', () => {
  const check = (code: string, want: unknown): void => assert.deepEqual(mapReference(code), want, code);
  check('let a;\n//# sourceMappingURL=a.js.map\n', { kind: 'url', url: 'a.js.map' });
  check('//# sourceMappingURL=a.map\nb;\n//@ sourceMappingURL=b.map', { kind: 'url', url: 'b.map' });
  check('a {}\n/*# sourceMappingURL=a.map */', { kind: 'url', url: 'a.map' });
  check('const text = "//# sourceMappingURL=a.map";', undefined); // in a text
  check('let a;', undefined);
  const base64 = Buffer.from('{"a":"ü"}').toString('base64');
  check(`//# sourceMappingURL=data:application/json;charset=utf-8;base64,${base64}`, {
    kind: 'inline',
    json: '{"a":"ü"}',
  });
  check('//# sourceMappingURL=data:application/json,%7B%7D', { kind: 'inline', json: '{}' });
  check('//# sourceMappingURL=data:application/json,%', { kind: 'inline', json: '' });
});

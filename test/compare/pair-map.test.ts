import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PairMap } from '../../src/compare/pair-map.js';

test('PairMap: as a map of pairs, whichever of the numbers are many', () => {
  const number = fc.oneof(fc.nat(20), fc.nat(3000));
  const entries = fc.array(fc.tuple(number, number, fc.integer({ min: -1, max: 1e6 })), { maxLength: 200 });
  fc.assert(
    fc.property(entries, (entries) => {
      const [map, want] = [new PairMap(), new Map<string, number>()];
      for (const [a, b, value] of entries) {
        assert.equal(map.get(a, b), want.get(`${a} ${b}`));
        map.set(a, b, value);
        want.set(`${a} ${b}`, value);
      }
      for (const [a, b] of entries) assert.equal(map.get(a, b), want.get(`${a} ${b}`));
    }),
  );
});

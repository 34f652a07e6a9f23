import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedEdits } from '../../src/race/edit-store.js';
import { header, makeShadow } from '../../src/race/layout.js';

const file = { code: 'a[0]++', name: 'file:///a.js', kind: 'module' } as const;
const edits = { insertions: [{ offset: 0, text: '/* ≠ */' }], sites: [] };

test('edits: a thread finds what another has put into a file', () => {
  const memory = makeShadow();
  sharedEdits(memory).add({ ...file, code: 'b[0]++' }, { insertions: [], sites: [] });
  sharedEdits(memory).add(file, edits);
  assert.deepEqual(sharedEdits(memory).find(file), edits);
});

test('edits: they are of one text, by one name, read in one way', () => {
  const store = sharedEdits(makeShadow());
  store.add(file, edits);
  for (const other of [
    { code: 'a[1]++' },
    { code: 'a[0]++ ' },
    { name: 'file:///b.js' },
    { kind: 'commonjs' },
  ] as const)
    assert.equal(store.find({ ...file, ...other }), undefined, JSON.stringify(other));
});

test('edits: where memory is used up they are not kept', () => {
  const memory = makeShadow();
  memory[header.free] = memory.length;
  const store = sharedEdits(memory);
  store.add(file, edits);
  assert.equal(store.find(file), undefined);
});

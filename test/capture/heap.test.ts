import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HeapNode, HeapWindow, markName, segmentsOf } from '../../src/capture/heap.js';

function node(id: number, name: string, children: readonly HeapNode[] = []): HeapNode {
  const place = { scriptId: '1', url: '/a.js', lineNumber: 0, columnNumber: 0 };
  return { id, callFrame: { functionName: name, ...place }, children };
}

const head = node(1, '(root)', [node(2, 'main', [node(3, 'lex'), node(4, markName)])]);

/** Segments of samples `node:size`, in the order of allocation. */
function segments(...samples: readonly string[]): string[][] {
  const parsed = samples.map((sample, i) => {
    const [nodeId = 0, size = 0] = sample.split(':').map(Number);
    return { nodeId, size, ordinal: 10 * i };
  });
  // V8 lists them in no order.
  const sites = segmentsOf({ head, samples: parsed.reverse() });
  return sites.map((segment) =>
    segment.map(
      ({ stack, objects, bytes }) => `${stack.map((f) => f.functionName).join(';')} ${objects} ${bytes}`,
    ),
  );
}

test('segmentsOf: objects by stack, root left out', () => {
  assert.deepEqual(segments('2:40', '3:16', '3:24'), [['main 1 40', 'main;lex 2 40']]);
  assert.deepEqual(segments('1:40'), [[' 1 40']]); // V8's own
  assert.deepEqual(segments(), [[]]);
});

test('segmentsOf: a mark ends a segment, also one of several objects', () => {
  assert.deepEqual(segments('2:40', '4:16', '3:24', '4:16', '4:99', '2:8'), [
    ['main 1 40'],
    ['main;lex 1 24'],
    ['main 1 8'],
  ]);
  assert.deepEqual(segments('4:16', '2:8', '4:16'), [[], ['main 1 8'], []]);
});

test('HeapWindow: finds what this thread allocates', () => {
  const window = new HeapWindow('allocated');
  const kept: unknown[] = [];
  function allocateHere(): void {
    for (let i = 0; i < 100; i++) kept.push({ i, a: 1, b: 2 });
  }
  window.mark();
  allocateHere();
  const [before, after] = window.close();
  const objects = (sites = before): number =>
    (sites ?? [])
      .filter(({ stack }) => stack.some(({ functionName }) => functionName === 'allocateHere'))
      .reduce((sum, site) => sum + site.objects, 0);
  assert.equal(objects(), 0);
  assert.ok(objects(after) >= 100, `${objects(after)} objects`);
});

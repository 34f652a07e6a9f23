import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type HeapMark,
  type HeapNode,
  HeapWindow,
  markHeap,
  markName,
  segmentsOf,
} from '../../src/capture/heap.js';

function node(id: number, name: string, children: readonly HeapNode[] = []): HeapNode {
  const place = { scriptId: '1', url: '/a.js', lineNumber: 0, columnNumber: 0 };
  return { id, callFrame: { functionName: name, ...place }, children };
}

const kinds: readonly HeapMark[] = ['segment', 'call', 'reset', 'stop', 'start'];
const marks = kinds.map((kind, i) => node(4 + i, markName(kind)));
const head = node(1, '(root)', [node(2, 'main', [node(3, 'lex'), ...marks])]);

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

test('segmentsOf: what counts between marks', () => {
  const check = (marked: string, ...want: readonly string[]): void => {
    const samples = marked.split(' ').map((word) => {
      const kind = kinds.indexOf(word as HeapMark); // -1 for a size
      return kind < 0 ? `3:${word}` : `${4 + kind}:16`;
    });
    const sums = segments(...samples).map((segment) => segment.join().replace('main;lex ', ''));
    assert.deepEqual(sums, want, marked);
  };
  check('8 stop 16 start 32', '2 40');
  check('8 stop 16 segment 32', '1 8', '1 32'); // a segment begins counting
  check('stop 8 call 16 stop 32 call 64 stop', '2 80'); // calls count, what is between them does not
  check('stop call 8 reset 16 stop', '1 16');
  check('stop call 8 call 16 reset 32 stop', '2 40'); // a reset is for its own call
  check('stop call 8 stop 16 reset start 32', '1 32');
  check('stop call 8 stop 16 reset 32', '');
  check('stop call 8 stop start 16', '2 24');
});

test('HeapWindow: finds what this thread allocates', () => {
  const window = new HeapWindow('allocated');
  const kept: unknown[] = [];
  function allocateHere(): void {
    for (let i = 0; i < 100; i++) kept.push({ i, a: 1, b: 2 });
  }
  markHeap.segment();
  allocateHere();
  const [before, after] = window.close();
  const objects = (sites = before): number =>
    (sites ?? [])
      .filter(({ stack }) => stack.some(({ functionName }) => functionName === 'allocateHere'))
      .reduce((sum, site) => sum + site.objects, 0);
  assert.equal(objects(), 0);
  assert.ok(objects(after) >= 100, `${objects(after)} objects`);
});

/** A tree with marks of lines: `main` calls `f` and, below it, itself. */
const lineTree = node(1, '(root)', [
  node(2, 'main', [
    ...[10, 11, 12].map((line) => node(line, `profLine_${line}`, [node(100 + line, 'leave')])),
    node(3, 'f', [
      node(20, 'profLine_20', [node(120, 'leave')]),
      node(21, 'profLine_21', [node(121, 'leave')]),
    ]),
    node(4, 'main', [node(30, 'profLine_10', [node(130, 'leave')])]),
  ]),
]);

/** Stacks with lines of the samples at these nodes, one byte each. */
function stacksByLine(...nodes: readonly number[]): string[] {
  const samples = nodes.map((nodeId, ordinal) => ({ nodeId, size: 1, ordinal }));
  return segmentsOf({ head: lineTree, samples }).flatMap((segment) =>
    segment.map(({ stack, objects }) => {
      const frames = stack.map(({ functionName, line }) => `${functionName}:${line ?? ''}`);
      return `${frames.join(';')} ${objects}`;
    }),
  );
}

test('segmentsOf: the line of each frame is the one that it has marked last', () => {
  const [on10, on11, on20, on21, inner10] = [110, 111, 120, 121, 130];
  assert.deepEqual(stacksByLine(2), ['main: 1']); // before any mark
  assert.deepEqual(stacksByLine(on10, 2, 2, on11, 2), ['main:10 2', 'main:11 1']); // marks' own are left out
  assert.deepEqual(stacksByLine(on10, 3, on20, 3, on21, 3, 2), [
    'main:10;f: 1', // before f has marked a line: what a function allocates when it is entered
    'main:10;f:20 1',
    'main:10;f:21 1',
    'main:10 1',
  ]);
  assert.deepEqual(stacksByLine(on10, on20, 3, on11, 3, on20, 3), [
    'main:10;f:20 1',
    'main:11;f: 1', // main has gone on: this is a new call of f
    'main:11;f:20 1',
  ]);
  assert.deepEqual(stacksByLine(on11, inner10, 4, 2), ['main:11;main:10 1', 'main:11 1']); // recursion
  assert.deepEqual(stacksByLine(on10, 12, 2), ['main:12 1']); // more objects of a mark
});

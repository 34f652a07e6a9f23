import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HeapSite } from '../../src/capture/heap.js';
import { type SampledHeapNode, sitesOfNative, sitesOfSamples } from '../../src/capture/heap-sampler.js';
import type { CallFrame } from '../../src/capture/inspector.js';
import { sampledSize } from '../../src/capture/unsample.js';

const frame = (functionName: string, lineNumber = 0): CallFrame => ({
  functionName,
  scriptId: '1',
  url: functionName === '(root)' ? '' : '/a.js',
  lineNumber,
  columnNumber: 0,
});

/** What V8 says of some objects of one size: bytes scaled up, the number rounded. */
function scaled(size: number, samples: number, rate: number): number {
  return size * Math.floor(samples / (1 - Math.exp(-size / rate)) + 0.5);
}

/** Sites as lines: `main lose: 3 objects, 120 bytes`. */
function lines(sites: readonly HeapSite[]): string[] {
  return sites.map(
    ({ stack, objects, bytes }) =>
      `${stack.map(({ functionName }) => functionName).join(' ')}: ${objects} objects, ${bytes} bytes`,
  );
}

test('sampledSize: the size of objects from what V8 says of their bytes', () => {
  const rate = 524288;
  for (const size of [16, 24, 40, 56, 112, 848, 4096, 20_000]) {
    for (const samples of [50, 200, 1000]) {
      const found = sampledSize(scaled(size, samples, rate), samples, rate);
      assert.ok(Math.abs(found / size - 1) < 0.1, `${size} × ${samples}: ${found}`);
    }
  }
  assert.equal(sampledSize(40, 1, 1), 40); // every allocation is a sample
  assert.equal(sampledSize(17, 1, 1), 17); // no size of V8's: as it is
});

test('sampledSize: always a size that V8 could have meant', () => {
  const sizes = fc.integer({ min: 2, max: 10_000 }).map((eighths) => eighths * 8);
  const rates = fc.constantFrom(1, 1024, 65536, 524288);
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 300 }), rates, (size, samples, rate) => {
      const bytes = scaled(size, samples, rate);
      assert.equal(scaled(sampledSize(bytes, samples, rate), samples, rate), bytes);
    }),
  );
});

test('sitesOfSamples: by stack, objects of one size and of several', () => {
  const node = (id: number, name: string, selfSize: number, children: SampledHeapNode[] = []) => ({
    ...{ id, selfSize, children },
    callFrame: frame(name, id),
  });
  const [one, other] = [scaled(40, 1, 4096), scaled(2000, 1, 4096)];
  const lose = node(3, 'lose', scaled(40, 100, 4096));
  const head = node(1, '(root)', 0, [node(2, 'main', one + other, [lose])]);
  const samples = [
    ...Array.from({ length: 100 }, (_, ordinal) => ({ nodeId: 3, size: one, ordinal })),
    { nodeId: 2, size: one, ordinal: 100 },
    { nodeId: 2, size: other, ordinal: 101 },
  ];
  const [main, lost] = sitesOfSamples({ head, samples }, 4096);
  assert.equal(main?.bytes, one + other);
  assert.deepEqual(lines(lost === undefined ? [] : [lost]), ['main lose: 10290 objects, 411600 bytes']);
  assert.deepEqual(sitesOfSamples({ head: node(1, '(root)', 0), samples: [] }, 4096), []);
});

test('sitesOfNative: by stack, positions 0-based, nameless functions without a name', () => {
  const node = { scriptName: '/a.js', scriptId: 1, lineNumber: 6, columnNumber: 15 };
  const allocations = [
    { sizeBytes: 40, count: 100 },
    { sizeBytes: 16, count: 1 },
  ];
  const inner = { ...node, name: '(anonymous)', allocations, children: [] };
  const main = { ...node, name: 'main', allocations: [], children: [inner] };
  const sites = sitesOfNative({ ...node, name: '(root)', allocations: [], children: [main] });
  assert.deepEqual(lines(sites), ['main : 101 objects, 4016 bytes']);
  assert.deepEqual(sites[0]?.stack[1], { ...frame('', 5), columnNumber: 14 });
});

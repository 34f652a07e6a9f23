import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCpuprofile } from '../../src/formats/write-cpuprofile.js';
import { ProfileBuilder } from '../../src/profile/builder.js';
import { samplesOf } from '../../src/profile/samples.js';
import { profileOf } from '../profile/stacks.js';
import { checkConverter, errorOf, readBytes } from './check-converter.js';

test('cpuprofile: one of node --cpu-prof', () =>
  checkConverter('fib.cpuprofile', 'V8 .cpuprofile', (profile) => writeCpuprofile(profile, 1)));

/** Nodes by `id name parent hits`, a word each. */
function nodes(...words: string[]): object[] {
  return words.map((word) => {
    const [id, functionName = '', parent = '-', hits = '0'] = word.split(' ');
    const callFrame = { functionName, url: 'file:///app/a%20b.js', lineNumber: 4, columnNumber: 1 };
    const isRoot = parent === '-' || functionName.startsWith('(');
    const frame = isRoot ? { ...callFrame, url: '', lineNumber: -1 } : callFrame;
    return {
      id: Number(id),
      callFrame: frame,
      hitCount: Number(hits),
      ...(parent === '-' ? {} : { parent: Number(parent) }),
    };
  });
}

/** Samples as `leaf<caller<…: values`. */
function samples(value: object): string[] {
  const profile = readBytes(Buffer.from(JSON.stringify(value)));
  return [...samplesOf(profile)].map(
    ({ stack, values }) => `${stack.map(({ name }) => name).join('<')}: ${values}`,
  );
}

const tree = nodes('1 (root)', '2 main 1 2', '3 leaf 2 1', '4 (idle) 1 5');

test('cpuprofile: a sample lasts until the next, the last until the end; idle time is left out', () => {
  assert.deepEqual(
    samples({
      nodes: tree,
      startTime: 100,
      endTime: 200,
      samples: [2, 3, 4, 2],
      timeDeltas: [0, 10, 20, 40],
    }),
    ['main: 2,40000', 'leaf<main: 1,20000'],
  );
});

test('cpuprofile: negative deltas put samples in order, missing ones are the mean', () => {
  const check = (timeDeltas: number[], want: string[]): void =>
    assert.deepEqual(
      samples({ nodes: tree, startTime: 0, endTime: 100, samples: [2, 3, 2], timeDeltas }),
      want,
    );
  check([0, 50, -20], ['main: 2,50000', 'leaf<main: 1,50000']);
  check([0, 50], ['main: 2,50000', 'leaf<main: 1,50000']);
  check([], ['main: 2,66667', 'leaf<main: 1,33333']);
});

test('cpuprofile: without samples every hit lasts as long', () => {
  assert.deepEqual(samples({ nodes: tree, startTime: 0, endTime: 800 }), [
    'main: 2,200000',
    'leaf<main: 1,100000',
  ]);
  assert.deepEqual(samples({ nodes: tree }), ['main: 2,2000000', 'leaf<main: 1,1000000']);
});

test('cpuprofile: lines of the leaf, paths for URLs', () => {
  const [main] = nodes('2 main - 3');
  const node = { ...main, callFrame: { functionName: '', url: 'file:///app/a%20b.js', lineNumber: 4 } };
  const value = { nodes: [{ ...node, positionTicks: [{ line: 7, ticks: 2 }] }], startTime: 0, endTime: 3 };
  const profile = readBytes(Buffer.from(JSON.stringify(value)));
  assert.deepEqual(
    [...samplesOf(profile)].map(({ stack, values }) => [stack, values]),
    [7, 5].map((line, i) => [
      [{ name: '(anonymous:5)', file: '/app/a b.js', startLine: 5, line }],
      [2 - i, (2 - i) * 1000],
    ]),
  );
});

test('cpuprofile: what is wrong and where', () => {
  const check = (value: object | string, want: RegExp): void =>
    assert.match(errorOf(typeof value === 'string' ? value : JSON.stringify(value)), want);
  const frame = { callFrame: {} };
  check({ nodes: [{ ...frame, id: '1' }] }, /^x: nodes\[0\]\.id: is no number$/);
  check({ nodes: [{ ...frame, id: 1 }, 3] }, /^x: nodes\[1\]: is not an object$/);
  check(
    {
      nodes: [
        { ...frame, id: 1 },
        { ...frame, id: 1 },
      ],
    },
    /nodes\[1\]\.id: 1 is the id of another node too/,
  );
  check(
    { nodes: [{ ...frame, id: 1, children: [2] }] },
    /nodes\[0\]\.children\[0\]: is not the id of a node/,
  );
  check({ nodes: [{ ...frame, id: 1, children: [1] }] }, /calls itself/);
  check(
    {
      nodes: [
        { ...frame, id: 1, parent: 2 },
        { ...frame, id: 2, parent: 1 },
      ],
    },
    /calls itself/,
  );
  check({ nodes: tree, samples: [9] }, /samples\[0\]: 9 is not the id of a node/);
  check({ nodes: tree, samples: 3 }, /samples: is not an array/);
  check({ nodes: tree, samples: [2], timeDeltas: ['1'] }, /timeDeltas\[0\]: "1" is no number/);
  check(
    { nodes: [{ ...frame, id: 1, hitCount: 1e300 }] },
    /nodes\[0\]: the value 1e\+300 is not below 2\^53/,
  );
  check('{"nodes": [{"callFrame": ', /JSON is damaged or cut off: /);
});

test('cpuprofile: a deep chain with a sample at every node is an error, not gigabytes', () => {
  const deep = Array.from({ length: 20_000 }, (_, i) => ({
    id: i,
    callFrame: { functionName: `f${i}` },
    hitCount: 1,
    ...(i > 0 ? { parent: i - 1 } : {}),
  }));
  assert.match(errorOf(JSON.stringify({ nodes: deep })), /the stacks have more than \d+ frames together/);
});

test('writeCpuprofile: what belongs to no function comes first, idle time last', () => {
  const builder = new ProfileBuilder({
    sampleTypes: [{ type: 'cpu', unit: 'milliseconds' }],
    durationNanos: 20_000_000,
  });
  const add = (millis: number, ...names: readonly string[]): void =>
    builder.addSample(
      names.map((name) => ({ name, file: '', startLine: 0, line: 0 })),
      [millis],
    );
  add(2, 'parse', 'main');
  add(1, '(program)');
  add(3, 'main');
  add(4, '(garbage collector)');
  add(5, '(program)', 'main');
  const written: { nodes: Node[]; samples: number[]; timeDeltas: number[] } = JSON.parse(
    writeCpuprofile(builder.build(), 0),
  );
  const nameOf = (id: number): string => written.nodes[id - 1]?.callFrame.functionName ?? '';
  const names = ['(garbage collector)', '(program)', 'parse', 'main', '(program)', '(idle)'];
  assert.deepEqual(written.samples.map(nameOf), names);
  assert.deepEqual(written.timeDeltas, [0, 4000, 1000, 2000, 3000, 5000]);
});

// DevTools shows nothing from 0 on, and computes in milliseconds: see `quantum`.
test('writeCpuprofile: times begin above 0 and are exact in milliseconds', () => {
  const profile = profileOf('a 1000001\nb 1234567\nc 999', { sampleTypes: [{ type: 'cpu', unit: 'ns' }] });
  const text = writeCpuprofile({ ...profile, durationNanos: 3_000_000n }, 0);
  const written: { startTime: number; endTime: number; timeDeltas: number[] } = JSON.parse(text);
  assert.ok(written.startTime > 0);
  let at = written.startTime;
  for (const delta of [...written.timeDeltas, written.endTime - written.startTime]) {
    at += delta;
    assert.equal((at / 1000) * 1000, at);
    assert.equal(Number.isInteger((at / 1000) * 2 ** 20), true);
  }
  assert.deepEqual(samples(JSON.parse(text)), ['a: 1,1000001', 'b: 1,1234567', 'c: 1,999']);
});

interface Node {
  readonly callFrame: { readonly functionName: string };
}

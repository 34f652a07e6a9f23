import assert from 'node:assert/strict';
import { Session } from 'node:inspector/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { readOtherFormat } from '../../src/formats/read.js';
import { writeCpuprofile } from '../../src/formats/write-cpuprofile.js';
import { writeSpeedscope } from '../../src/formats/write-speedscope.js';
import type { Profile } from '../../src/profile/profile.js';
import { samplesOf } from '../../src/profile/samples.js';
import { profileOf } from '../profile/stacks.js';
import { errorOf, readWhole } from './check-converter.js';

/** The samples as `main;parse 3`, sorted. */
function stacks(profile: Profile, value = 0): string[] {
  return [...samplesOf(profile)]
    .map(
      ({ stack, values }) =>
        `${stack
          .map(({ name }) => name)
          .reverse()
          .join(';')} ${values[value]}`,
    )
    .sort();
}

const frame = (functionName: string, lineNumber: number, url = 'file:///app/a%20b.js'): object => ({
  callFrame: { functionName, url, lineNumber, columnNumber: 0, scriptId: '1' },
});

const cpuprofile = {
  nodes: [
    { id: 1, ...frame('(root)', -1, ''), hitCount: 0, children: [2, 4] },
    { id: 2, ...frame('main', 0), hitCount: 1, children: [3] },
    {
      id: 3,
      ...frame('', 9),
      hitCount: 2,
      positionTicks: [
        { line: 11, ticks: 1 },
        { line: 12, ticks: 1 },
      ],
    },
    { id: 4, ...frame('(idle)', -1, ''), hitCount: 1 },
  ],
  startTime: 1000,
  endTime: 6000,
  samples: [2, 3, 3, 4],
  timeDeltas: [0, 1000, 1000, 2000],
};

test('cpuprofile: time between samples, lines from ticks, idle left out', async () => {
  const profile = await readWhole(JSON.stringify(cpuprofile));
  assert.deepEqual(stacks(profile, 1), [
    'main 1000000',
    'main;(anonymous:10) 1500000',
    'main;(anonymous:10) 1500000',
  ]);
  const [, first] = [...samplesOf(profile)];
  assert.deepEqual(first?.stack[0], { name: '(anonymous:10)', file: '/app/a b.js', startLine: 10, line: 11 });
});

test('cpuprofile: one that this Node records', async () => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  for (let i = 0, end = Date.now() + 30; Date.now() < end; i++) Math.sqrt(i);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  assert.ok((await readWhole(JSON.stringify(profile))).samples.count > 0);
});

test('heapprofile: bytes and objects by stack', async () => {
  const child = { id: 2, selfSize: 300, ...frame('alloc', 4), children: [] };
  const head = { id: 1, selfSize: 0, ...frame('(root)', -1, ''), children: [child] };
  const profile = await readWhole(JSON.stringify({ head, samples: [{ nodeId: 2, size: 100, ordinal: 1 }] }));
  assert.deepEqual(
    [...samplesOf(profile)].map(({ values }) => values),
    [[1, 300]],
  );
});

test('trace: chunks of a thread are one profile', async () => {
  const chunk = (nodes: object[], samples: number[]): object => ({
    ...{ name: 'ProfileChunk', ph: 'P', pid: 1, tid: 7, id: '0x1' },
    args: { data: { cpuProfile: { nodes, samples }, timeDeltas: samples.map(() => 1000) } },
  });
  const traceEvents = [
    { name: 'thread_name', ph: 'M', pid: 1, tid: 7, args: { name: 'CrRendererMain' } },
    chunk(
      [
        { id: 1, ...frame('(root)', -1, '') },
        { id: 2, parent: 1, ...frame('main', 0) },
      ],
      [2, 2],
    ),
    chunk([{ id: 3, parent: 2, ...frame('parse', 5) }], [3]),
  ];
  const profile = await readWhole(JSON.stringify({ traceEvents }));
  assert.deepEqual(stacks(profile), ['main 2', 'main;parse 1']);
  assert.deepEqual([...samplesOf(profile)][0]?.labels, { thread: 'CrRendererMain' });
});

test('folded: stacks with counts', async () => {
  const profile = await readWhole('main;parse (src/a.ts:12) 3\nmain 4\n\n');
  assert.deepEqual(stacks(profile), ['main 4', 'main;parse 3']);
  assert.equal(
    errorOf(`${'a;b 1\n'.repeat(20_000)}no count\n`),
    'x:20001: "no count" is not a stack and a count',
  );
});

test('folded: lines that end as on Windows, tabs, signs', async () => {
  assert.deepEqual(stacks(await readWhole('main;b c 3\r\nmain;d\t+1e1\r\n')), ['main;b c 3', 'main;d 10']);
});

test('speedscope: sampled and evented', async () => {
  const shared = { frames: [{ name: 'main', file: 'a.ts', line: 3 }, { name: 'parse' }] };
  const sampled = {
    type: 'sampled',
    name: 'a',
    unit: 'milliseconds',
    samples: [[0, 1], [0]],
    weights: [2, 3],
  };
  const event = (type: string, at: number, own: number): object => ({ type, at, frame: own });
  const events = [event('O', 0, 0), event('O', 2, 1), event('C', 5, 1), event('C', 6, 0)];
  const evented = { type: 'evented', name: 'b', unit: 'milliseconds', startValue: 0, endValue: 6, events };
  const $schema = 'https://www.speedscope.app/file-format-schema.json';
  const file = (profile: object): string => JSON.stringify({ $schema, shared, profiles: [profile] });
  assert.deepEqual(stacks(await readWhole(file(sampled))), ['main 3000000', 'main;parse 2000000']);
  assert.deepEqual(stacks(await readWhole(file(evented))), ['main 3000000', 'main;parse 3000000']);
});

test('perf: what perf script prints', async () => {
  const text = `node  1234/1235 [001] 12.345678:     250000 cycles:u:
\t    7f3a10 LazyCompile:*parse /app/main.js:12:3+0x1f (/tmp/perf-1234.map)
\t    7f3a20 JS:~ file:///app/main.js:1:1 (/tmp/perf-1234.map)
\t    401000 node::Start(int, char**)+0x10 (/usr/bin/node)
\t    401500 [unknown] (/usr/lib/libc.so.6)

node  1234 12.346678: cycles:u:
\t    401000 main+0x10 (/usr/bin/node)
`;
  const profile = await readWhole(text);
  const want = ['[libc.so.6];node::Start(int, char**);(anonymous:1);parse 250000', 'main 1'];
  assert.deepEqual(stacks(profile, 1), want);
});

const simple = profileOf('main@/app/a.ts:3;parse@/app/b.ts:12/10 4\nmain@/app/a.ts:5 2\ngc 1', {
  sampleTypes: [{ type: 'cpu', unit: 'microseconds' }],
});

test('convert: each JSON format that is written is read back with the same stacks', async () => {
  const micros = ['gc 1', 'main 2', 'main;parse 4'];
  const check = async (text: string, value: number, factor: number): Promise<void> => {
    const want = micros.map((line) => line.replace(/\d+$/, (digits) => String(Number(digits) * factor)));
    assert.deepEqual(stacks(await readWhole(text), value), want);
  };
  await check(writeCpuprofile(simple, 0), 1, 1000);
  await check(writeSpeedscope(simple, 0), 0, 1000);
});

test('formats: a mutated file gives a profile, nothing, or a ProfError', () => {
  const files = [JSON.stringify(cpuprofile), writeSpeedscope(simple, 0), 'main;parse 4\nmain 2\n'];
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(fc.tuple(fc.nat(), fc.nat(127))), (file, changes) => {
      const bytes = Buffer.from(file);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      try {
        readOtherFormat(bytes, 'x');
      } catch (error) {
        assert.ok(error instanceof ProfError, `${error}`);
      }
    }),
    { numRuns: 1000 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddonCpuProfiler, type PprofProfile } from '../../src/capture/cpu-addon.js';
import { type InspectorProfile, type ProfileNode, sitesOf } from '../../src/capture/cpu-inspector.js';
import type { CpuSite } from '../../src/capture/cpu-record.js';

/** Sites as lines: `main@/a.js:3 lex@/a.js:7 2`, root first. */
function lines(sites: readonly CpuSite[]): string[] {
  return sites.map(({ stack, ticks }) => {
    const frames = stack.map(({ name, url, line, start }) => {
      const from = start === undefined ? '' : `/${start.line}:${start.column}`;
      return `${name || '-'}@${url}:${line}${from}`;
    });
    return [...frames, ticks].join(' ');
  });
}

test('AddonCpuProfiler: stacks root first, with the lines that were executing', () => {
  // pprof's objects: ids from 1, leaf first.
  const profile: PprofProfile = {
    stringTable: ['', 'main', 'lex', '/a.js', '(anonymous)', '(garbage collector)'],
    function: [
      { name: 1, filename: 3 },
      { name: 2, filename: 3 },
      { name: 4, filename: 3 },
      { name: 5, filename: 0 },
    ],
    location: [
      { line: [{ functionId: 1, line: 3 }] },
      { line: [{ functionId: 2, line: 7 }] },
      { line: [{ functionId: 3, line: 9 }] },
      { line: [{ functionId: 4, line: 0 }] },
      { line: [] },
    ],
    sample: [
      { locationId: [2, 1], value: [2, 2000] },
      { locationId: [3, 1], value: [1, 1000] },
      { locationId: [4], value: [3, 3000] },
      { locationId: [5, 1], value: [4, 4000] },
    ],
    durationNanos: 12_000_000,
  };
  const started: unknown[] = [];
  const time = {
    start: (...args: unknown[]) => {
      started.push(args);
      return () => profile;
    },
  };
  const profiler = new AddonCpuProfiler(time, 1000);
  assert.throws(() => profiler.stop(), TypeError);
  profiler.start();
  const { sites, periodNanos, durationNanos } = profiler.stop();
  assert.deepEqual(lines(sites), [
    'main@/a.js:3 lex@/a.js:7 2',
    'main@/a.js:3 -@/a.js:9 1',
    '(garbage collector)@:0 3',
    'main@/a.js:3 -@:0 4',
  ]);
  assert.deepEqual([periodNanos, durationNanos], [1_000_000, 12_000_000]);
  assert.deepEqual(started, [[1000, undefined, undefined, true]]);
});

/** A node; lines and columns count from 0 as in the protocol. */
function node(
  id: number,
  name: string,
  more: Partial<ProfileNode> & { at?: [number, number] } = {},
): ProfileNode {
  const { at = [-1, -1], ...rest } = more;
  const url = at[0] < 0 ? '' : 'file:///a.js';
  const place = { scriptId: '1', url, lineNumber: at[0], columnNumber: at[1] };
  return { id, callFrame: { functionName: name, ...place }, ...rest };
}

test('sitesOf: own ticks by line, callers by where they start', () => {
  const profile: InspectorProfile = {
    startTime: 0,
    endTime: 12_000,
    nodes: [
      node(1, '(root)', { children: [2, 5, 6] }),
      node(2, 'main', { at: [1, 4], children: [3, 4], hitCount: 0 }),
      node(3, 'lex', {
        at: [5, 0],
        hitCount: 6,
        positionTicks: [
          { line: 7, ticks: 2 },
          { line: 8, ticks: 3 },
          { line: 9, ticks: 0 },
        ],
      }),
      node(4, '', { at: [9, 2], hitCount: 1, positionTicks: [{ line: 10, ticks: 1 }] }),
      node(5, '(garbage collector)', { hitCount: 2 }),
      node(6, '(idle)', { hitCount: 1, children: [99] }), // a child that is not there
    ],
  };
  assert.deepEqual(lines(sitesOf(profile)), [
    'main@file:///a.js:2/2:5 lex@file:///a.js:7/6:1 2',
    'main@file:///a.js:2/2:5 lex@file:///a.js:8/6:1 3',
    'main@file:///a.js:2/2:5 lex@file:///a.js:6/6:1 1', // a tick without a line
    'main@file:///a.js:2/2:5 -@file:///a.js:10/10:3 1',
    '(garbage collector)@:0 2',
    '(idle)@:0 1',
  ]);
});

test('sitesOf: an empty profile', () => {
  assert.deepEqual(sitesOf({ startTime: 0, endTime: 0, nodes: [node(1, '(root)')] }), []);
  assert.deepEqual(sitesOf({ startTime: 0, endTime: 0, nodes: [] }), []);
});

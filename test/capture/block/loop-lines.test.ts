import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { BlockSite } from '../../../src/capture/block/block-recorder.js';
import { withLoopLines } from '../../../src/capture/block/loop-lines.js';
import type { CpuFrame } from '../../../src/capture/cpu-record.js';
import { tempFolder } from '../../temp-folder.js';

const code = `function inner() {
  work();
}
function outer() {
  prepare();
  inner();
}
`;

test('withLoopLines: callers of a long turn stand on the lines of their calls', (t) => {
  const folder = tempFolder(t, { 'a.mjs': code });
  const url = pathToFileURL(join(folder, 'a.mjs')).href;
  const frame = (name: string, line: number, start: number): CpuFrame => ({
    name,
    url,
    line,
    start: { line: start, column: `function ${name}`.length + 1 },
  });
  const waiting: CpuFrame = { name: '(event loop)', url: '', line: 0, start: undefined };
  const site = (kind: BlockSite['kind']): BlockSite => ({
    stack: [frame('outer', 4, 4), frame('inner', 2, 1), waiting],
    kind,
    lock: undefined,
    isAwait: false,
    contentions: 1,
    nanos: 2e7,
  });
  const lines = (kind: BlockSite['kind']): readonly number[] =>
    withLoopLines([site(kind)])[0]?.stack.map(({ line }) => line) ?? [];
  assert.deepEqual(lines('loop'), [6, 2, 0]);
  assert.deepEqual(lines('await'), [4, 2, 0]); // as it was read off the stack
});

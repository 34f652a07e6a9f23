import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CpuFrame, CpuSite } from '../../src/capture/cpu-record.js';
import { restoreCallers } from '../../src/capture/restore-callers.js';
import { tempFolder } from '../temp-folder.js';

const code = `function B(b) {
  f(b);
  g(1);
  b.any(g);
}
function f(x) {
  g(x);
  return g(x);
}
function g(x) { return x; }
function h(k) {
  k();
}
`;

test('restoreCallers: what stands between, where the text has no such call', (t) => {
  const file = join(tempFolder(t, { 'a.js': code }), 'a.js');
  const starts: Readonly<Record<string, number>> = { B: 1, f: 6, g: 10, h: 11 };
  const check = (given: readonly string[], want: readonly string[], hasStarts = false): void => {
    const frame = (word: string): CpuFrame => {
      const [name = '', line] = word.split(':');
      const start = hasStarts ? { line: starts[name] ?? 0, column: 11 } : undefined;
      return { name, url: name === 'other' ? '' : file, line: Number(line), start };
    };
    const sites = given.map((text): CpuSite => {
      const words = text.split(' ');
      return { stack: words.slice(0, -1).map(frame), ticks: Number(words.at(-1)) };
    });
    assert.deepEqual(
      restoreCallers(sites).map(({ stack, ticks }) =>
        [...stack.map(({ name, line }) => `${name}:${line}`), ticks].join(' '),
      ),
      want,
    );
  };
  const known = ['B:2 f:7 g:10 6', 'B:2 f:8 g:10 2'];
  check([...known, 'B:2 g:10 4'], [...known, 'B:2 f:7 g:10 3', 'B:2 f:8 g:10 1']);
  check([...known, 'B:3 g:10 4'], [...known, 'B:3 g:10 4']); // is called there
  check([...known, 'B:4 g:10 4'], [...known, 'B:4 g:10 4']); // may be called by what it is handed to
  check([...known, 'h:12 g:10 4'], [...known, 'h:12 g:10 4']); // may be what the parameter holds
  check(['B:2 g:10 4'], ['B:2 g:10 4']); // nothing is known
  check(['B:2 other:0 4', 'g:10 2', 'other:0 1'], ['B:2 other:0 4', 'g:10 2', 'other:0 1']);
  check([], []);
  const inspected = ['B:1 f:6 g:10 3']; // callers have the line where they start
  check([...inspected, 'B:1 g:10 4'], [...inspected, 'B:1 g:10 4'], true); // B calls g somewhere
});

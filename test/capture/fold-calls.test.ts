import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CpuFrame } from '../../src/capture/cpu-record.js';
import { foldCalls } from '../../src/capture/fold-calls.js';
import { installCallLines } from '../../src/source/transform/call-lines.js';
import { removeTransform } from '../../src/source/transform/slot.js';
import { tempFolder } from '../temp-folder.js';

const code = `function f() {
  g(1);
  g(2); const h = () => 3;
  h();
}
function g() {}
`;

test('foldCalls: helpers out, lines of calls in', (t) => {
  installCallLines();
  removeTransform(); // so that the modules of this test are loaded as they are
  const folder = tempFolder(t, { 'a.js': code, 'node_modules/p/a.js': code });
  const own = pathToFileURL(join(folder, 'a.js')).href;
  const starts: Readonly<Record<string, [number, number]>> = {
    f: [1, 11],
    g: [6, 11],
    h: [3, 39], // behind what was put in on its line
    $prof_call_2_3: [6, 40],
    $prof_call_3_3: [6, 80],
  };
  const frame = (word: string, url = own): CpuFrame => {
    const [name = '', line] = word.split(':');
    const [startLine, column] = starts[name] ?? [1, 1];
    const start = { line: startLine, column };
    return { name, url, line: Number(line ?? startLine), start };
  };
  const check = (stack: string, want: string, url?: string): void => {
    const sites = [{ stack: stack.split(' ').map((word) => frame(word, url)), ticks: 1 }];
    const got = foldCalls(sites).flatMap((site) =>
      site.stack.map(({ name, line, start }) => `${name}:${line}@${start?.line}:${start?.column}`),
    );
    assert.equal(got.join(' '), want, stack);
  };
  check('f g', 'f:1@1:11 g:6@6:11'); // on one of two lines, which nothing tells
  check('f $prof_call_2_3 g', 'f:2@1:11 g:6@6:11');
  check('f $prof_call_3_3', 'f:3@1:11'); // a tick in the helper itself
  check('$prof_call_3_3 g', 'f:3@1:11 g:6@6:11'); // the caller was lost
  check('f h:3', 'f:4@1:11 h:3@3:19'); // by the text; columns are those of the file
  check(
    'f $prof_call_2_3 g',
    'f:1@1:11 $prof_call_2_3:6@6:40 g:6@6:11',
    own.replace('a.js', 'node_modules/p/a.js'),
  );
});

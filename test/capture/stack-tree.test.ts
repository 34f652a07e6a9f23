import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnWork, programFrames } from '../../src/capture/own-frames.js';
import { StackTree } from '../../src/capture/stack-tree.js';

test('StackTree: adds up equal stacks, however often and in whatever order they come', () => {
  const tree = new StackTree<string>((frame) => frame);
  const add = (stack: string, ...values: number[]): void => tree.add(stack.split(';'), values);
  add('main;a;b', 1, 10);
  add('main;a', 2, 20);
  add('main;a;b', 3, 30);
  add('b;a', 4, 40); // the same functions, another stack
  assert.deepEqual(
    tree.stacks().map(({ frames, values }) => `${frames.join(';')} ${values.join()}`),
    ['main;a 2,20', 'main;a;b 4,40', 'b;a 4,40'],
  );
});

test('own-frames: what prof does in a program is told from what passes through it', () => {
  const own = new URL('../../src/run/program-thread.ts', import.meta.url).href;
  const check = (urls: readonly string[], work: boolean, left: readonly string[]): void => {
    const stack = urls.map((url) => ({ url }));
    assert.equal(isOwnWork(stack), work, urls.join(' '));
    assert.deepEqual(
      programFrames(stack).map(({ url }) => url),
      left,
    );
  };
  check(['/app/a.js', 'node:fs'], false, ['/app/a.js', 'node:fs']);
  check(['node:internal/modules/cjs/loader', own, 'node:inspector'], true, [
    'node:internal/modules/cjs/loader',
    'node:inspector',
  ]);
  check(['/app/a.js', own, '/app/b.js'], false, ['/app/a.js', '/app/b.js']); // a load hook on the way
  check(['/app/a.js', own, '/x/node_modules/acorn/dist/acorn.js'], true, [
    '/app/a.js',
    '/x/node_modules/acorn/dist/acorn.js',
  ]);
  check(['node:internal/main/run', 'node:internal/modules/cjs/loader', own, '/app/a.ts', 'node:fs'], false, [
    '/app/a.ts',
    'node:fs',
  ]);
  check(['node:internal/timers', '/app/a.js'], false, ['node:internal/timers', '/app/a.js']);
  check(['/app/a.js', own, 'wasm://wasm/1'], true, ['/app/a.js', 'wasm://wasm/1']); // types are stripped by one
  check([''], false, ['']); // V8's own
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChildHooks } from '../../../src/run/child-env.js';
import { runNode } from '../../run-child.js';
import { tempFolder } from '../../temp-folder.js';

const files = {
  'package.json': '{"type": "module"}',
  'main.ts': `import { Worker, isMainThread } from 'node:worker_threads';
import { fail } from './fail.cjs';

class Reader {
  #text: string = 'x';
  read(how: string): unknown { const r = this.#one(how); return this.#one(r) ?? this.#text; }
  #one(how: any): any {
    if (how === 'throw') { fail(1); fail(2); }
    return how === 'type' ? how.x.y : how;
  }
}
const stackOf = (how: string): string => {
  try {
    return String(new Reader().read(how));
  } catch (error) {
    return (error as Error).stack ?? '';
  }
};
console.log(stackOf('throw'));
console.log(stackOf('type'));
console.log(new Error('async', { cause: 1 }).stack);
if (isMainThread) new Worker(new URL(import.meta.url));
`,
  'fail.cjs': `exports.fail = (n) => {
  if (n === 2) [1].forEach(() => { throw new RangeError('failed'); });
  check(n);
  check(n); const more = () => check(n); more();
};
function check(n) { if (n === 3) throw n; }
`,
};

test('calls in helpers: stacks of errors are those of the files', async (t) => {
  const cwd = tempFolder(t, files);
  const stacks = async (hooks: ChildHooks): Promise<string[]> => {
    const { stdout, stderr } = await runNode(['main.ts'], { cwd, env: { PROF_NO_ADDON: '1' }, hooks });
    assert.equal(stderr, '');
    // Node's own at the bottom: V8 keeps ten frames, and those of helpers are among them.
    return stdout.split('\n').filter((line) => !line.includes('(node:') && !line.includes(' node:'));
  };
  const want = await stacks({});
  assert.equal(want.filter((line) => line === 'RangeError: failed').length, 2); // in each thread
  assert.deepEqual(await stacks({ calls: true }), want);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';

// The thread that lays out is a file of its own, which only the build has as JavaScript.
const url = new URL('../../dist/cli/lay-out.js', import.meta.url).href;

const hint = 'Show less of it: --node-count=80, --focus=REGEXP, or a larger --node-fraction.';

test('layOut: a graph, or an error that says what to do', async () => {
  const { layOut }: typeof import('../../src/cli/lay-out.js') = await import(url);
  assert.match(await layOut('digraph { a -> b }'), /<svg/);
  await assert.rejects(layOut('digraph {'), { code: 'failed', hint });
  const message = 'the graph cannot be laid out: not done after 0s';
  await assert.rejects(layOut('digraph { a -> b }', 0), { code: 'failed', message, hint });
});

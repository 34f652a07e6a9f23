import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockSite } from '../../../src/capture/block/block-recorder.js';
import { leafWaits } from '../../../src/capture/block/leaf-waits.js';

/** `a b (await) 30`: a stack, root first, and its milliseconds; a name ends its kind after a colon. */
function site(text: string): BlockSite {
  const words = text.split(' ');
  const names = words.slice(0, -1);
  const isAwait = names.at(-1) !== 'Atomics.wait';
  return {
    stack: names.map((name) => ({ name, url: 'a.js', line: 1, start: undefined })),
    kind: isAwait ? 'await' : 'atomics',
    lock: undefined,
    isAwait,
    contentions: 2,
    nanos: 1e6 * Number(words.at(-1)),
  };
}

test('leafWaits: a function that awaits another waits no longer than that', () => {
  const check = (waits: readonly string[], want: readonly string[]): void => {
    const left = leafWaits(waits.map(site), ({ name }) => name).map(({ stack, nanos }) =>
      [...stack.map(({ name }) => name), nanos / 1e6].join(' '),
    );
    assert.deepEqual(left, want);
  };
  check(['a b (await) 30', 'a (await) 40'], ['a b (await) 30', 'a (await) 10']);
  check(['a b (await) 30', 'a (await) 31'], ['a b (await) 30']); // the rest is the cost of going on
  check(['a b (await) 0.3', 'a (await) 0.39'], ['a b (await) 0.3']); // as is this, twice 45 µs
  check(['a b (await) 30', 'a b timer 40', 'a (await) 70'], ['a b (await) 30', 'a b timer 40']);
  check(['a b (await) 20', 'a b (await) 10', 'a (await) 40'], ['a b (await) 30', 'a (await) 10']); // called and awaited
  check(['a b (await) 30', 'c (await) 40'], ['a b (await) 30', 'c (await) 40']); // not its caller
  check(['a b (await) 90', 'a (await) 30'], ['a b (await) 90']); // several at once
  check(['a b Atomics.wait 30', 'a (await) 40'], ['a b Atomics.wait 30', 'a (await) 40']); // blocked, not suspended
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RawStack, rootStacks } from '../../src/bench/root-stacks.js';

interface Frame {
  readonly name: string;
  readonly url: string;
}

/** `h:drive` is a frame of the harness, `(gc)` one of V8's, all others are the user's. */
function frame(word: string): Frame {
  if (word.startsWith('h:')) return { name: word.slice(2), url: '/prof/drive.js' };
  return { name: word, url: word.startsWith('(') ? '' : '/user.js' };
}

/** Stacks as lines, root first, with their ticks: `h:drive B f 3`. */
function rooted(...lines: readonly string[]): string[] {
  const stacks: RawStack<Frame>[] = lines.map((line) => {
    const words = line.split(' ');
    const ticks = Number(words.pop());
    return { frames: words.map(frame), values: [ticks], labels: {} };
  });
  const result = rootStacks(stacks, { isHarness: (url) => url.startsWith('/prof/') });
  return result.map(({ frames, values }) => `${frames.map(({ name }) => name).join(' ')} ${values[0]}`);
}

test('rootStacks: the table of its comment', () => {
  assert.deepEqual(
    rooted('n h:drive h:callBenchmark B f 5', 'processTicks f 3', 'processTicks h:drive 2', '(gc) 1'),
    ['B f 5', 'B processTicks f 3', 'B (gc) 1'],
  );
});

test('rootStacks: the harness in the middle is taken out', () => {
  assert.deepEqual(rooted('h:drive B h:runParallel body f 2', 'h:drive B h:loop 1'), ['B body f 2', 'B 1']);
});

test('rootStacks: a benchmark that runs on after await stands at its root already', () => {
  assert.deepEqual(rooted('h:drive B 1', 'processTicks B f 3'), ['B 1', 'B f 3']);
});

test('rootStacks: the benchmark is found by its name where no stack has the harness above it', () => {
  const stacks = [
    { frames: [frame('processTicks'), frame('B'), frame('f')], values: [3], labels: {} },
    { frames: [frame('processTicks')], values: [2], labels: {} },
    { frames: [frame('h:drive'), frame('clock')], values: [1], labels: {} },
  ];
  const result = rootStacks(stacks, { isHarness: (url) => url.startsWith('/prof/'), benchmark: 'B' });
  assert.deepEqual(
    result.map(({ frames }) => frames.map(({ name }) => name).join(' ')),
    ['B f', 'B processTicks'],
  );
});

test('rootStacks: what the harness calls of Node is no benchmark', () => {
  const clock = { name: 'now', url: 'node:internal/perf/performance' };
  const stacks = [
    { frames: [frame('h:drive'), clock], values: [9], labels: {} },
    { frames: [frame('h:drive'), frame('task')], values: [1], labels: {} },
  ];
  const result = rootStacks(stacks, { isHarness: (url) => url.startsWith('/prof/') });
  assert.deepEqual(
    result.map(({ frames }) => frames.map(({ name }) => name)),
    [['task']],
  );
});

test('rootStacks: the benchmark is what the harness called most', () => {
  assert.deepEqual(rooted('h:drive B f 9', 'h:drive setUp 1', 'f 2'), ['B f 9', 'B f 2']);
});

test('rootStacks: nothing but the harness, or no benchmark at all', () => {
  assert.deepEqual(rooted('h:drive h:stop 4'), []);
  assert.deepEqual(rooted('h:drive 4', '(gc) 1'), ['(gc) 1']);
  assert.deepEqual(rooted('a b 4'), ['a b 4']);
  assert.deepEqual(rooted(), []);
});

test('rootStacks: functions of one name in two files are two', () => {
  const own = { name: 'B', url: '/user.js' };
  const other = { name: 'B', url: '/other.js' };
  const harness = { name: 'drive', url: '/prof/drive.js' };
  const stacks = [
    { frames: [harness, own], values: [2], labels: {} },
    { frames: [other], values: [1], labels: {} },
  ];
  const result = rootStacks(stacks, { isHarness: (url) => url.startsWith('/prof/') });
  assert.deepEqual(
    result.map(({ frames }) => frames),
    [[own], [own, other]],
  );
});

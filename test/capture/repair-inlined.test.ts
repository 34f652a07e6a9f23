import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { repairInlined, type TickStack } from '../../src/capture/repair-inlined.js';
import type { Frame } from '../../src/profile/builder.js';

/** First and last line of each function; `?` is a function that could not be told. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  B: [1, 9],
  f: [10, 19],
  g: [20, 29],
  h: [30, 39],
  other: [1, 9], // of another file
  '?': [0, 0],
};

function frame(word: string): Frame {
  const [name = '', line = '0'] = word.split(':');
  if (name.startsWith('(')) return { name, file: '', startLine: 0, line: 0 };
  const file = name === 'other' ? '/other.js' : '/a.js';
  return { name, file, startLine: ranges[name]?.[0] ?? 0, line: Number(line) };
}

/** `B:4 f:12 6`: root first, then ticks. */
function stacks(...lines: readonly string[]): TickStack[] {
  return lines.map((text) => {
    const words = text.split(' ');
    const ticks = Number(words.pop());
    return { stack: words.map(frame).reverse(), ticks };
  });
}

function holdsLine({ name, line }: Frame): boolean {
  const [first, last] = ranges[name] ?? [0, Number.POSITIVE_INFINITY];
  return first <= line && line <= last;
}

/** What becomes of stacks: lines as `stacks` takes them, then the ticks put back and spread. */
function check(seen: readonly string[], reference: readonly string[], want: readonly string[]): void {
  const repaired = repairInlined(stacks(...seen), stacks(...reference), holdsLine);
  const lines = repaired.stacks.map(({ stack, ticks }) =>
    [...[...stack].reverse().map(({ name, line }) => (line === 0 ? name : `${name}:${line}`)), ticks].join(
      ' ',
    ),
  );
  assert.deepEqual([...lines, `${repaired.repairedTicks} ${repaired.spreadTicks}`], want, seen.join());
}

test('repairInlined: the table of its comment', () => {
  check(
    ['B:20 6', 'B:12 3', 'B:4 1'],
    ['B:4 f:12 g:20 60', 'B:4 f:12 30', 'B:4 10'],
    ['B:4 f:12 g:20 6', 'B:4 f:12 3', 'B:4 1', '9 0'],
  );
});

test('repairInlined: functions inlined in the middle of a stack', () => {
  const reference = ['B:4 f:12 g:22 h:30 5', 'B:4 h:30 5'];
  check(['B:22 h:30 8'], reference, ['B:4 f:12 g:22 h:30 8', '8 0']); // f and g into B
  check(['B:4 f:22 h:30 8'], reference, ['B:4 f:12 g:22 h:30 8', '8 0']); // g into f
  check(['B:4 h:30 8'], reference, ['B:4 h:30 8', '0 0']); // as it is
});

test('repairInlined: paths that end on one line get ticks in proportion', () => {
  const reference = ['B:4 g:20 20', 'B:5 f:12 g:20 10'];
  check(['B:20 9'], reference, ['B:4 g:20 6', 'B:5 f:12 g:20 3', '9 0']);
  check(['B:20 1'], reference, ['B:4 g:20 1', '1 0']); // whole ticks
  check(['B:4 g:20 9'], reference, ['B:4 g:20 9', '0 0']); // only one is seen so
});

test('repairInlined: the line of inlined code may be one of the function as well, in another file', () => {
  check(['B:4 20'], ['B:4 1', 'B:4 other:4 19'], ['B:4 1', 'B:4 other:4 19', '19 0']);
});

test('repairInlined: a wrong line of a caller is mended', () => {
  check(['B:3 f:12 5'], ['B:4 f:12 7'], ['B:4 f:12 5', '5 0']);
});

test('repairInlined: a line that no path ends with', () => {
  const reference = ['B:4 f:12 30', 'B:5 g:20 10'];
  check(['B:4 f:13 5'], reference, ['B:4 f:13 5', '0 0']); // a line of f itself
  check(['B:99 8'], reference, ['B:4 f:12 6', 'B:5 g:20 2', '0 8']); // of no function: spread
  check(['h:99 8'], reference, ['h:99 8', '0 0']); // and nothing to spread over
  check(['B:20 8'], [], ['B:20 8', '0 0']);
});

test('repairInlined: a function that could not be told is any of its file', () => {
  check(['B:5 ?:20 4'], ['B:5 g:20 10'], ['B:5 g:20 4', '4 0']);
  check(['B:5 ?:20 4'], ['B:5 other:20 10'], ['B:5 ?:20 4', '0 0']);
});

test("repairInlined: V8's own stay", () => {
  check(['B:1 (garbage collector) 4'], ['B:1 f:12 9'], ['B:1 (garbage collector) 4', '0 0']);
});

test('repairInlined: no tick is lost or made', () => {
  const word = fc.constantFrom(
    'B:4',
    'B:5',
    'f:12',
    'f:20',
    'g:20',
    'h:30',
    'h:99',
    'other:4',
    '?:20',
    '(program)',
  );
  const stack = fc.tuple(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(50));
  const text = stack.map(([words, ticks]) => [...words, ticks].join(' '));
  fc.assert(
    fc.property(fc.array(text), fc.array(text), (seen, reference) => {
      const sum = (all: readonly TickStack[]): number => all.reduce((total, { ticks }) => total + ticks, 0);
      const before = stacks(...seen);
      const after = repairInlined(before, stacks(...reference), holdsLine);
      assert.equal(sum(after.stacks), sum(before));
      assert.ok(after.repairedTicks + after.spreadTicks <= sum(before));
    }),
  );
});

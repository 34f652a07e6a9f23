import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CpuTimeline, type RunningStack, type TimedProfile } from '../../src/capture/cpu-timeline.js';
import { hottestStack } from '../../src/capture/hottest-stack.js';

function node(
  id: number,
  name: string,
  children: readonly number[],
  lines: readonly number[] = [],
): TimedProfile['nodes'][number] {
  const url = name.startsWith('(') ? '' : '/a.js';
  const callFrame = { functionName: name, scriptId: '1', url, lineNumber: id * 10 - 1, columnNumber: 0 };
  return { id, callFrame, children, positionTicks: lines.map((line) => ({ line, ticks: 1 })) };
}

// A sample each 2 ms from 100 ms on: a, b, b, idle, own, b.
const profile: TimedProfile = {
  nodes: [
    node(1, '(root)', [2, 4, 5]),
    node(2, 'a', [3], [21]),
    node(3, 'b', [], [31, 31, 32]),
    node(4, '(idle)', []),
    node(5, 'own', []),
  ],
  startTime: 98_000,
  endTime: 120_000,
  samples: [2, 3, 3, 4, 5, 3],
  timeDeltas: [2000, 2000, 2000, 2000, 2000, 2000],
};

function shown(running: readonly RunningStack[]): string[] {
  return running.map(
    ({ stack, share }) => `${stack.map(({ name, line }) => `${name}:${line}`).join(' ')} ${share.toFixed(3)}`,
  );
}

test('CpuTimeline: what was running between two moments', () => {
  const timeline = new CpuTimeline(profile, (stack) => stack[0]?.name !== 'own');
  const check = (start: number, end: number, want: readonly string[]): void =>
    assert.deepEqual(shown(timeline.between(start, end)), want, `${start}-${end}`);
  check(0, 99_999, []);
  check(99_000, 101_000, ['a:21 1.000']);
  check(100_000, 104_000, ['a:21 0.333', 'a:20 b:31 0.222', 'a:20 b:31 0.222', 'a:20 b:32 0.222']);
  check(105_000, 107_000, []); // idle
  check(107_000, 110_000, ['a:20 b:31 0.167', 'a:20 b:31 0.167', 'a:20 b:32 0.167']); // what is not meant has its share
  check(200_000, 300_000, []);
});

test('CpuTimeline: a profile without times', () => {
  const { samples: _, timeDeltas: __, ...untimed } = profile;
  assert.deepEqual(new CpuTimeline(untimed, () => true).between(0, 1e9), []);
});

test('hottestStack: from the root on always where most was running', () => {
  const check = (lines: readonly string[], want: string): void => {
    const running = lines.map((line) => {
      const words = line.split(' ');
      const share = Number(words.pop());
      const stack = words.map((word) => {
        const [name = '', at = '1'] = word.split(':');
        return { name, url: '/a.js', line: Number(at), start: { line: 1, column: 1 } };
      });
      return { stack, share };
    });
    const { stack = [] } = hottestStack(running) ?? {};
    assert.equal(stack.map(({ name, line }) => `${name}:${line}`).join(' '), want);
  };
  check(['a 1'], 'a:1');
  check(['m a b 0.3', 'm a c 0.25', 'm 0.4', 'gc 0.05'], 'm:1 a:1 b:1');
  check(['m:1 0.2', 'm:2 0.4', 'm a 0.3'], 'm:2'); // lines of one function are one
  check(['m a 0.3', 'gc 0.4', 'm b 0.3'], 'm:1 a:1');
});

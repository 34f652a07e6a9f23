import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileEnd, TestOutput } from '../../src/cli/test-output.js';
import type { TestEvent, TestOutcome } from '../../src/run/test-event.js';

const begin = (nesting: number, name: string): TestEvent => ({ kind: 'begin', nesting, name });
const end = (nesting: number, name: string, outcome: TestOutcome = 'pass', text = ''): TestEvent => ({
  kind: 'end',
  nesting,
  name,
  outcome,
  seconds: 0.0123,
  text,
});
const remark = (nesting: number, text: string): TestEvent => ({ kind: 'remark', nesting, text });
const done: TestEvent = { kind: 'done' };
const quit: TestEvent = { kind: 'quit' };
const exited = (status: number): FileEnd => ({
  file: 'a.test.ts',
  end: { kind: 'exited', status },
  seconds: 1.234,
});

/** The whole report, and whether it is one of a failure. */
function report(
  events: readonly TestEvent[],
  fileEnd = exited(0),
  verbose = false,
): [text: string, failed: boolean] {
  const output = new TestOutput({ verbose });
  const text = events.map((event) => output.add(event)).join('') + output.finish(fileEnd);
  return [text, output.failed];
}

const nested = [
  begin(0, 'outer'),
  begin(1, 'good'),
  end(1, 'good'),
  begin(1, 'bad'),
  end(1, 'bad', 'fail', 'x.ts:3: first\n\nsecond'),
  remark(1, 'a remark'),
  end(0, 'outer', 'fail'),
  begin(0, 'last one'),
  end(0, 'last one', 'skip', 'why'),
  done,
];

test('TestOutput: only what failed, inner tests below outer ones', () => {
  assert.deepEqual(report(nested, exited(1)), [
    `--- FAIL: outer (0.01s)
    --- FAIL: outer/bad (0.01s)
        x.ts:3: first

            second
        a remark
`,
    true,
  ]);
});

test('TestOutput: verbose tells all, in the order of events', () => {
  assert.deepEqual(report(nested, exited(1), true), [
    `=== RUN   outer
=== RUN   outer/good
=== RUN   outer/bad
--- FAIL: outer (0.01s)
    --- PASS: outer/good (0.01s)
    --- FAIL: outer/bad (0.01s)
        x.ts:3: first

            second
        a remark
=== RUN   last one
--- SKIP: last one (0.01s)
    why
`,
    true,
  ]);
});

test('TestOutput: nothing to say of tests that pass', () => {
  assert.deepEqual(report([begin(0, 'a'), end(0, 'a'), remark(0, 'unseen'), done]), ['', false]);
  assert.deepEqual(report([]), ['', false]);
});

test('TestOutput: names stay on their line', () => {
  assert.deepEqual(report([end(0, 'two\n lines', 'fail'), done], exited(1)), [
    '--- FAIL: two lines (0.01s)\n',
    true,
  ]);
});

test('TestOutput: a process that ends too early is a failure of the file', () => {
  const check = (events: readonly TestEvent[], fileEnd: FileEnd, text: string): void =>
    assert.deepEqual(report(events, fileEnd), [`--- FAIL: a.test.ts (1.23s)\n${text}`, true]);
  const early = '    the process ended with status 0 before its tests were done\n';
  check([quit], exited(0), early);
  check(
    [begin(0, 'a'), begin(1, 'b'), quit],
    exited(0),
    `${early}        The last test that began is a/b.\n`,
  );
  check([begin(0, 'a'), end(0, 'a'), done], exited(3), '    the process ended with status 3\n');
  const late = remark(0, 'Error: Test "a" generated asynchronous activity');
  const lateText =
    '    the process ended with status 1\n    Error: Test "a" generated asynchronous activity\n';
  check([begin(0, 'a'), end(0, 'a'), late, done], exited(1), lateText);
  check([{ kind: 'load-error', text: 'x.ts:3: boom' }, done], exited(1), '    x.ts:3: boom\n');
  const killed: FileEnd = { ...exited(0), end: { kind: 'killed', signal: 'SIGSEGV' } };
  check([], killed, '    the process was killed by SIGSEGV\n');
});

test('TestOutput: a failure inside a test that never ended is told', () => {
  const [text] = report(
    [begin(0, 'a'), begin(1, 'b'), end(1, 'b', 'fail', 'boom'), begin(1, 'c'), quit],
    exited(7),
  );
  assert.equal(
    text,
    `--- FAIL: b (0.01s)
    boom
--- FAIL: a.test.ts (1.23s)
    the process ended with status 7 before its tests were done
        The last test that began is a/c.
`,
  );
});

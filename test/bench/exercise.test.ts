import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchmarkFunction } from '../../src/bench/b.js';
import { SkipSignal } from '../../src/bench/batch.js';
import { exercise } from '../../src/bench/exercise.js';

/** What exercising gives: `measured NAME`, or names of sub-benchmarks. */
async function exercised(fn: BenchmarkFunction, ...path: string[]): Promise<string> {
  const result = await exercise(fn, {
    path,
    measure: async ({ batch, first, isAsync }) => `${batch.name} n=${first.n}${isAsync ? ' async' : ''}`,
    runParallel: async (batch, body) => body({ next: () => batch.n === 0 }),
  });
  if (result.kind === 'measured') return `measured ${result.value}`;
  return `subs ${result.names.join(' ')}${result.failure === undefined ? '' : `: ${result.failure}`}`;
}

const leaf: BenchmarkFunction = () => {};

const awaits: BenchmarkFunction = async (b) => {
  await b.run('one', leaf);
  await b.run('two words', async (inner) => {
    await inner.run('deep', leaf);
    await inner.run('deep', async () => {});
  });
};

const forgets: BenchmarkFunction = (b) => {
  void b.run('one', leaf);
  void b.run('one', leaf);
  void b.run('two', (inner) => void inner.run('deep', leaf));
};

test('exercise: a benchmark without others is measured', async () => {
  assert.equal(await exercised(leaf, 'BenchmarkX'), 'measured BenchmarkX n=1');
  assert.equal(await exercised(async () => {}, 'BenchmarkX'), 'measured BenchmarkX n=1 async');
  assert.equal(
    await exercised((b) => void b.runParallel((pb) => void pb.next()), 'BenchmarkX'),
    'measured BenchmarkX n=1 async',
  );
});

test('exercise: one with others names them, whether it awaits them or not', async () => {
  assert.equal(await exercised(awaits, 'BenchmarkX'), 'subs one two_words');
  assert.equal(await exercised(forgets, 'BenchmarkX'), 'subs one one#01 two');
});

test('exercise: a path leads to one of them', async () => {
  const check = async (fn: BenchmarkFunction, path: string, want: string): Promise<void> =>
    assert.equal(await exercised(fn, ...path.split('/')), want, path);
  await check(awaits, 'BenchmarkX/one', 'measured BenchmarkX/one n=1');
  await check(awaits, 'BenchmarkX/two_words', 'subs deep deep#01');
  await check(awaits, 'BenchmarkX/two_words/deep', 'measured BenchmarkX/two_words/deep n=1');
  await check(awaits, 'BenchmarkX/two_words/deep#01', 'measured BenchmarkX/two_words/deep#01 n=1 async');
  await check(forgets, 'BenchmarkX/one#01', 'measured BenchmarkX/one#01 n=1');
  await check(forgets, 'BenchmarkX/two/deep', 'measured BenchmarkX/two/deep n=1');
});

test('exercise: it is measured where it stands', async () => {
  const events: string[] = [];
  const fn: BenchmarkFunction = async (b) => {
    events.push('set up');
    await b.run('one', leaf);
    await b.run('two', leaf);
    events.push('closed');
  };
  await exercise(fn, {
    path: ['BenchmarkX', 'one'],
    measure: async () => events.push('measured'),
    runParallel: async () => {},
  });
  assert.deepEqual(events, ['set up', 'measured', 'closed']);
});

test('exercise: one that is not there this time', async () => {
  await assert.rejects(
    exercised(awaits, 'BenchmarkX', 'three'),
    /b\.run\("three"\) was not called this time/,
  );
  await assert.rejects(exercised(leaf, 'BenchmarkX', 'three'), /was not called this time/);
});

test('exercise: skipping and failing', async () => {
  const skips: BenchmarkFunction = async (b) => {
    void b.run('one', (inner) => inner.skip('not today'));
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const isSkip = (error: unknown): boolean => error instanceof SkipSignal && error.message === 'not today';
  await assert.rejects(exercised(skips, 'BenchmarkX', 'one'), isSkip);
  assert.equal(await exercised(skips, 'BenchmarkX'), 'subs one');
  const fails: BenchmarkFunction = async (b) => {
    await b.run('one', leaf);
    b.fail('no good');
  };
  assert.equal(await exercised(fails, 'BenchmarkX'), 'subs one: no good');
  assert.equal(await exercised(fails, 'BenchmarkX', 'one'), 'measured BenchmarkX/one n=1');
});

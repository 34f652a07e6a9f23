import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench } from 'tinybench';
import { benchmarksOf, describe } from '../../src/bench/discover.js';

const f = (): void => {};

/** Names and kinds of what a module offers. */
function found(exports: Record<string, unknown>, text = '', file = '/v/demo.bench.ts'): string {
  return describe(benchmarksOf(exports, file, text))
    .map(({ name, kind }) => `${name}: ${kind}`)
    .join(', ');
}

test('benchmarksOf: exported functions called BenchmarkXxx', () => {
  const check = (name: string, want: string): void => assert.equal(found({ [name]: f }), want, name);
  check('BenchmarkHi', 'BenchmarkHi: function');
  check('Benchmark', 'Benchmark: function');
  check('Benchmark2', 'Benchmark2: function');
  check('Benchmark_x', 'Benchmark_x: function');
  check('BenchmarkÜber', 'BenchmarkÜber: function');
  check('Benchmarks', '');
  check('Benchmarküber', '');
  check('benchmarkHi', '');
  assert.equal(found({ BenchmarkHi: 1 }), '');
});

test('benchmarksOf: the order is that of the file', () => {
  const check = (names: readonly string[], text: string, want: string): void => {
    const exports = Object.fromEntries(names.map((name) => [name, f]));
    assert.equal([...benchmarksOf(exports, '', text).keys()].join(' '), want, text);
  };
  check(['BenchmarkA', 'BenchmarkB'], 'const BenchmarkB = 1, BenchmarkA = 2;', 'BenchmarkB BenchmarkA');
  check(
    ['BenchmarkHi', 'BenchmarkHiParallel'],
    'BenchmarkHiParallel BenchmarkHi',
    'BenchmarkHiParallel BenchmarkHi',
  );
  check(
    ['Benchmark$x', 'BenchmarkA', 'BenchmarkÜ'],
    'BenchmarkÜ BenchmarkA Benchmark$x',
    'BenchmarkÜ BenchmarkA Benchmark$x',
  );
  check(
    ['BenchmarkElsewhere', 'BenchmarkHere'],
    "export * from './x.js'; function BenchmarkHere",
    'BenchmarkHere BenchmarkElsewhere',
  );
});

test('benchmarksOf: CommonJS, and an object as default export', () => {
  assert.equal(found({ default: { BenchmarkA: f, helper: f } }), 'BenchmarkA: function');
  assert.equal(
    found({ default: { BenchmarkA: f }, BenchmarkB: f }, 'BenchmarkB BenchmarkA'),
    'BenchmarkB: function, BenchmarkA: function',
  );
  assert.equal(found({ default: Object.assign(() => {}, { BenchmarkA: f }) }), ''); // a function is none
});

test("benchmarksOf: a default-exported Bench's tasks", () => {
  const bench = new Bench();
  for (const name of ['parse json', 'BenchmarkX', 'größe/1']) bench.add(name, f);
  assert.equal(
    found({ default: bench }),
    'BenchmarkParse_json: task, BenchmarkX: task, BenchmarkGröße/1: task',
  );
  assert.equal(found({ default: bench, BenchmarkA: f }), 'BenchmarkA: function');
  assert.equal(
    found({ default: { tasks: [{ name: 'a' }, { name: 'A' }], run: f } }),
    'BenchmarkA: task, BenchmarkA#01: task',
  );
  assert.equal(found({ default: new Bench() }), '');
});

test('benchmarksOf: the one handler of a module', () => {
  const handler = (_req: unknown, _res: unknown): void => {};
  assert.equal(found({ handleHi: handler, other: f }), 'BenchmarkHandleHi: handler');
  assert.equal(found({ default: handler }), 'BenchmarkHandler: handler');
  assert.equal(
    found({ default: (_a: unknown, _b: unknown) => {} }, '', '/v/hi.handler.ts'),
    'BenchmarkHi: handler',
  );
  assert.equal(found({ default: handler, handleHi: handler }), 'BenchmarkHandleHi: handler'); // the same under two names
  assert.equal(found({ a: handler, b: (_req: unknown, _res: unknown) => {} }), ''); // which one?
  class Router {
    readonly pair: unknown;
    constructor(a: unknown, b: unknown) {
      this.pair = [a, b];
    }
  }
  assert.equal(found({ Router }), '');
  assert.equal(found({}), '');
});

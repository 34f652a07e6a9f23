import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TakeBudget } from '../../../src/capture/block/take-budget.js';

const bounds = { least: 1, most: 1e8 };

/** What is asked after so many takes of `nanos`, each a millisecond after the last one and at a cost of 0.1 ms. */
function rateAfter(takes: readonly { nanos: number; weight?: number }[], share: number): number {
  const budget = new TakeBudget();
  takes.forEach(({ nanos, weight = 1 }, i) => {
    budget.add({ nanos, weight, cost: 0.1, endMillis: i });
  });
  assert.ok(budget.isDue);
  return budget.rateFor(share, bounds);
}

const repeated = (nanos: number, weight?: number) =>
  Array.from({ length: 64 }, () => ({ nanos, ...(weight === undefined ? {} : { weight }) }));

test('TakeBudget: the rate at which taking costs what it may', () => {
  const check = (
    { takes, share }: { takes: readonly { nanos: number; weight?: number }[]; share: number },
    want: number,
  ): void => {
    const rate = rateAfter(takes, share);
    assert.ok(Math.abs(rate / want - 1) < 0.05, `${share}: ${rate}`);
  };
  check({ takes: repeated(1000), share: 0.2 }, 1); // a tenth of the time was paid: that may go on
  check({ takes: repeated(1000), share: 0.01 }, 10_000); // a tenth of them will do
  check({ takes: repeated(1000, 10), share: 0.01 }, 100_000); // they stood for ten each
  check({ takes: [...repeated(1000).slice(32), ...repeated(1e6).slice(32)], share: 0.05 }, 1e6 / 1.001); // the long ones alone
  check({ takes: repeated(1e9), share: 0.01 }, 1e8); // no more than that
});

test('TakeBudget: waits that are chosen from a tenth as many', () => {
  const budget = new TakeBudget();
  for (let i = 0; i < 64; i++) budget.add({ nanos: 1000, weight: 10, cost: 0.1, endMillis: i });
  budget.scale(0.1);
  assert.ok(Math.abs(budget.rateFor(0.01, bounds) / 10_000 - 1) < 0.05);
});

test('TakeBudget: is asked now and then, and when it knows enough', () => {
  const budget = new TakeBudget();
  const due: number[] = [];
  for (let i = 1; i <= 80; i++) {
    budget.add({ nanos: 1, weight: 1, cost: 1, endMillis: i });
    if (budget.isDue) due.push(i);
  }
  assert.deepEqual(due, [64, 72, 80]);
});
